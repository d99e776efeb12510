/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.soak.shop;

import com.acme.soak.Calls;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The web application's one servlet; a rule of the file stores what is below {@code /page}. */
public final class ShopServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Visit visit = new Visit(new Shop());

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    serve(request, response, false);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    serve(request, response, true);
  }

  private void serve(HttpServletRequest request, HttpServletResponse response, boolean writes)
      throws IOException {
    String path = request.getPathInfo();
    long id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    try {
      if (writes) {
        visit.write(id);
      }
      visit.read(id);
    } catch (Exception failure) {
      Calls.wrong("error", failure);
      throw new IOException(failure);
    }
    response.setContentType("text/plain");
    response.getWriter().print("answer of " + id);
  }
}
