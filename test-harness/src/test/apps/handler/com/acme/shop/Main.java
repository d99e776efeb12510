/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application with cached handler methods. */
public final class Main {

  @EnableAutoConfiguration
  static class Shop {}

  record Item(long id, int run) {}

  /** As it is written for a client, too. */
  interface Listing {
    @GetMapping("/{id}/listed")
    Item listed(@PathVariable("id") long id);
  }

  /** What the shop sells. */
  @RestController
  @RequestMapping("/items")
  static class Items implements Listing {

    private final AtomicInteger runs = new AtomicInteger();

    @GetMapping("/{id}")
    @Cache(value = "item", ttl = "60s", key = "{id}")
    Item item(@PathVariable("id") long id) {
      return new Item(id, runs.incrementAndGet());
    }

    @GetMapping("/{id}/later")
    @Cache(value = "later", ttl = "60s", key = "{id}")
    CompletableFuture<Item> later(@PathVariable("id") long id) {
      return CompletableFuture.supplyAsync(() -> new Item(id, runs.incrementAndGet()));
    }

    @GetMapping("/{id}/cookie")
    @Cache(value = "cookie", ttl = "60s", key = "{id}")
    Item cookie(@PathVariable("id") long id, HttpServletResponse response) {
      response.addCookie(new Cookie("seen", String.valueOf(id)));
      return new Item(id, runs.incrementAndGet());
    }

    @Override
    @Cache(value = "listed", ttl = "60s", key = "{id}")
    public Item listed(long id) {
      return new Item(id, runs.incrementAndGet());
    }

    @GetMapping("/{id}/plain")
    Item plain(@PathVariable("id") long id) {
      return new Item(id, 0);
    }
  }

  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(Shop.class, Items.class);
    var environment = application.run(args).getEnvironment();
    System.out.println("port=" + environment.getProperty("local.server.port"));
  }
}
