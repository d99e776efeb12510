/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.bank;

import java.lang.reflect.Proxy;
import java.util.function.LongFunction;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;

/** Asks guarded and cached beans as somebody who may, as somebody who may not, and again. */
public final class Main {

  @Configuration
  @EnableMethodSecurity
  public static class Beans {

    @Bean
    Accounts accounts() {
      return new Accounts();
    }

    @Bean
    Ledger ledger() {
      return new Book();
    }

    @Bean
    static RatesFactory rates() {
      return new RatesFactory();
    }
  }

  /** As a library of mappers or clients does it. */
  public static final class RatesFactory implements FactoryBean<Rates> {
    private int runs;

    @Override
    public Rates getObject() {
      return (Rates)
          Proxy.newProxyInstance(
              Rates.class.getClassLoader(),
              new Class<?>[] {Rates.class},
              (proxy, method, arguments) ->
                  method.getName().equals("rate")
                      ? "run " + ++runs
                      : method.invoke(this, arguments));
    }

    @Override
    public Class<?> getObjectType() {
      return Rates.class;
    }
  }

  public static void main(String[] args) {
    try (AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Beans.class)) {
      Accounts accounts = context.getBean(Accounts.class);
      Ledger ledger = context.getBean(Ledger.class);
      Rates rates = context.getBean(Rates.class);
      System.out.println("service=" + ask(accounts::balance));
      System.out.println("interface=" + ask(ledger::total));
      System.out.println("proxy=" + ask(rates::rate));
    }
  }

  private static String ask(LongFunction<String> question) {
    return as("GUEST", question)
        + "|"
        + as("CLERK", question)
        + "|"
        + as("CLERK", question)
        + "|"
        + as("GUEST", question)
        + "|"
        + as("CLERK", question);
  }

  private static String as(String role, LongFunction<String> question) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("somebody", "", "ROLE_" + role));
    try {
      return question.apply(1);
    } catch (AccessDeniedException denied) {
      return "denied";
    } finally {
      SecurityContextHolder.clearContext();
    }
  }
}
