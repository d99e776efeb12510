/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.springframework.data.domain;

/** Has the name of Spring's own, and is made as that is. */
public class PageRequest implements Pageable {
  private final int page;
  private final int size;

  /** A page by its number and size. */
  public PageRequest(int page, int size) {
    this.page = page;
    this.size = size;
  }

  /** What comes before it. */
  public long getOffset() {
    return (long) page * size;
  }
}
