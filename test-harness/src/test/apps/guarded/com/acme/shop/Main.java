/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import dev.larder.Cache;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application behind Spring Security's filters, with form login and HTTP Basic. */
public final class Main {

  @EnableAutoConfiguration
  static class Shop {

    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(
              requests ->
                  requests
                      .requestMatchers("/public/**", "/framed/**", "/cached/**")
                      .permitAll()
                      .requestMatchers("/admin/**")
                      .hasRole("ADMIN")
                      .anyRequest()
                      .authenticated())
          .formLogin(Customizer.withDefaults())
          .httpBasic(Customizer.withDefaults())
          .build();
    }

    @Bean
    UserDetailsService users() {
      return new InMemoryUserDetailsManager(
          user("ann", "USER"), user("bob", "USER"), user("eve", "ADMIN"));
    }

    private static UserDetails user(String name, String role) {
      return User.withUsername(name).password("{noop}word-of-" + name).roles(role).build();
    }
  }

  /** Says whom it answers, and how often it has run. */
  @RestController
  static class Pages {

    private final AtomicInteger runs = new AtomicInteger();

    @GetMapping({"/public/page", "/framed/page", "/account/page", "/admin/page"})
    String page() {
      Authentication known = SecurityContextHolder.getContext().getAuthentication();
      String who = known == null ? "anonymousUser" : known.getName();
      return "run " + runs.incrementAndGet() + " for " + who;
    }

    @Cache(ttl = "60s")
    @GetMapping("/cached/page")
    public String cached() {
      return page();
    }

    @GetMapping("/public/own")
    String own(HttpServletResponse response) {
      response.setHeader("Cache-Control", "no-store");
      return page();
    }
  }

  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(Shop.class, Pages.class);
    var environment = application.run(args).getEnvironment();
    System.out.println("port=" + environment.getProperty("local.server.port"));
  }
}
