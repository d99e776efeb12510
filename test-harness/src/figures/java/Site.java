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
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Answers {@code /NAME/SIZE} with so many bytes, and {@code /filter/SIZE} out of a filter. */
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
