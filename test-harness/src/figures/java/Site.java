/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * Answers {@code /NAME/SIZE} with so many bytes out of a servlet, {@code /mvc/NAME/SIZE} out of a
 * handler of Spring MVC, and {@code /filter/SIZE} out of a filter.
 */
public final class Site {

  private static final byte[] TEXT = "what is written, over and over; ".repeat(1 << 13).getBytes();

  /** The least that a store of responses could do: no rule, no key, no freshness. */
  static final class HandWritten implements Filter {
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
        throws IOException {
      String path = ((HttpServletRequest) request).getServletPath();
      answer(path.substring(path.lastIndexOf('/') + 1), (HttpServletResponse) response, true);
    }
  }

  static final class Page extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      String path = request.getServletPath();
      answer(path.substring(path.lastIndexOf('/') + 1), response, false);
    }
  }

  /** A handler as small as they come. */
  @RestController
  static class Handler {
    @GetMapping(path = "/{name}/{size}", produces = "text/plain;charset=UTF-8")
    byte[] answer(@PathVariable("size") int size) {
      return size == TEXT.length ? TEXT : Arrays.copyOf(TEXT, size);
    }
  }

  private static DispatcherServlet mvc() {
    AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    context.register(Mvc.class, Handler.class);
    return new DispatcherServlet(context);
  }

  @Configuration
  @EnableWebMvc
  static class Mvc {}

  private static void answer(String size, HttpServletResponse response, boolean fields)
      throws IOException {
    int length = Integer.parseInt(size);
    response.setContentType("text/plain;charset=UTF-8");
    response.setContentLength(length);
    if (fields) {
      response.setHeader("ETag", "W/\"abcdefghijklmnopqrstuv\"");
      response.setHeader("Cache-Control", "max-age=60");
      response.setHeader("Vary", "Accept-Encoding, Cookie");
      response.setHeader("Age", "1");
    }
    response.getOutputStream().write(TEXT, 0, length);
  }

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    Context context = tomcat.addContext("", new File(".").getAbsolutePath());
    Tomcat.addServlet(context, "page", new Page());
    context.addServletMappingDecoded("/", "page");
    Tomcat.addServlet(context, "mvc", mvc()).setLoadOnStartup(1);
    context.addServletMappingDecoded("/mvc/*", "mvc");
    FilterDef filter = new FilterDef();
    filter.setFilterName("filter");
    filter.setFilter(new HandWritten());
    context.addFilterDef(filter);
    FilterMap mapped = new FilterMap();
    mapped.setFilterName("filter");
    mapped.addURLPattern("/filter/*");
    context.addFilterMap(mapped);
    tomcat.start();
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }
}
