/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

final class JdbcRepository implements Repository {

  private static int runs;

  @Override
  public String find(String name) {
    return name + ++runs;
  }

  @Override
  public int count() {
    return ++runs;
  }

  @Override
  public int size() {
    return ++runs;
  }

  @Override
  public void save(Row row) {}
}
