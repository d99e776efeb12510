/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import com.acme.talk.Talk;
import dev.larder.Larder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** Does what it reads, a line at a time, in the transactions that it has begun. */
public final class Main {

  private static final ExecutorService OTHER =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "other");
            thread.setDaemon(true);
            return thread;
          });

  private static final Deque<TransactionStatus> TRANSACTIONS = new ArrayDeque<>();
  private static Products products;
  private static PlatformTransactionManager manager;

  public static void main(String[] args) throws Exception {
    Talk.listen(Main::answer);
  }

  private static Object answer(String[] words) throws Exception {
    long id = words.length > 1 && words[1].matches("\\d+") ? Long.parseLong(words[1]) : 0;
    return switch (words[0]) {
      case "serve" -> serve();
      case "open" -> open(words[1]);
      case "begin" -> begin(words);
      case "commit" -> {
        manager.commit(TRANSACTIONS.pop());
        yield "committed";
      }
      case "rollback" -> {
        manager.rollback(TRANSACTIONS.pop());
        yield "rolled back";
      }
      case "read" -> products.read(id);
      case "name" -> products.name(id);
      case "length" -> products.length(id);
      case "else" -> OTHER.submit(() -> products.name(id)).get();
      case "rename" -> {
        products.rename(id, words[2]);
        yield "renamed";
      }
      case "write" -> {
        products.write(id, words[2]);
        yield "written";
      }
      case "renamed" -> products.renamed(id, words[2]);
      case "renamedOnPages" -> products.renamedOnPages(id, words[2]);
      case "evict" -> Larder.evictKey("names", words[1]);
      case "clear" -> Larder.clear("names");
      case "evictTag" -> Larder.evictTag("names");
      case "runs" -> products.runs.get();
      case "hits" -> Larder.stats("names").hits();
      case "errors" -> Larder.stats("names").errors() + Larder.stats("lengths").errors();
      default -> "unknown " + words[0];
    };
  }

  /** A database in this JVM, which the other one reaches too. */
  private static String serve() throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-tcpDaemon").start();
    return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:shop;DB_CLOSE_DELAY=-1";
  }

  private static String open(String url) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(url);
    manager = new DataSourceTransactionManager(source);
    JdbcTemplate jdbc = new JdbcTemplate(source);
    jdbc.execute("create table if not exists product (id bigint primary key, name varchar(40))");
    products = new Products(jdbc);
    return "open";
  }

  private static String begin(String[] how) {
    DefaultTransactionDefinition definition =
        new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    for (String word : how) {
      if (word.equals("snapshot")) {
        definition.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
      } else if (word.equals("readOnly")) {
        definition.setReadOnly(true);
      }
    }
    TRANSACTIONS.push(manager.getTransaction(definition));
    return "begun";
  }
}
