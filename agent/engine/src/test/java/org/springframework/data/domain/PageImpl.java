/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.springframework.data.domain;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Has the name of Spring's own, and is made as that is. */
public class PageImpl<T> implements Page<T> {
  private final List<T> content = new ArrayList<>();
  private final Pageable pageable;
  private final long total;

  /** A page of so many elements in all. */
  public PageImpl(List<T> content, Pageable pageable, long total) {
    this.content.addAll(content);
    this.pageable = pageable;
    this.total = total;
  }

  @Override
  public Iterator<T> iterator() {
    return content.iterator();
  }

  /** Where it stands, for a reader. */
  public String where() {
    return pageable + " of " + total;
  }
}
