/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** Hands its call on to an annotated servlet: as it is, or as one for a part of the page. */
final class Around extends HttpServlet {

  private final HttpServlet inner = new Shop.Annotated();

  @Override
  public void init() throws ServletException {
    inner.init(getServletConfig());
  }

  @Override
  public void service(ServletRequest request, ServletResponse response)
      throws ServletException, IOException {
    boolean asItIs = ((HttpServletRequest) request).getPathInfo().startsWith("/as-it-is");
    inner.service(asItIs ? request : new Part((HttpServletRequest) request), response);
  }

  private static final class Part extends HttpServletRequestWrapper {

    Part(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getPathInfo() {
      return "/part";
    }
  }
}
