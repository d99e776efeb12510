create table category (id bigint primary key, name varchar(60) not null);
create table supplier (id bigint primary key, name varchar(60) not null, country varchar(40) not null);
create table product (
  id bigint primary key,
  category_id bigint not null references category,
  supplier_id bigint not null references supplier,
  sku varchar(12) not null unique,
  name varchar(80) not null,
  unit varchar(20) not null,
  price decimal(10, 2) not null,
  stock int not null
);
create table orders (id bigint primary key, customer varchar(60) not null, ordered date not null);
create table order_line (
  id bigint primary key,
  order_id bigint not null references orders,
  product_id bigint not null references product,
  quantity int not null,
  unit_price decimal(10, 2) not null
);
create table review (
  id bigint primary key,
  product_id bigint not null references product,
  author varchar(60) not null,
  stars int not null,
  text varchar(200) not null,
  written date not null
);
