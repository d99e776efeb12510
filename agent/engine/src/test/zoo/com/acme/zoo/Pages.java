/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.zoo;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.OffsetScrollPosition;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Slice;
import org.springframework.data.domain.SliceImpl;
import org.springframework.data.domain.Sort;
import org.springframework.data.domain.Window;

/** Pages as Spring Data makes them. */
public class Pages {

  public record Money(BigDecimal amount, String currency) {}

  private static final List<Money> CONTENT = List.of(new Money(new BigDecimal("1.10"), "EUR"));

  public static Page<Money> page() {
    return new PageImpl<>(
        CONTENT, PageRequest.of(2, 10, Sort.by("amount").descending().and(Sort.by("id"))), 21);
  }

  public static Optional<Page<Money>> unpaged() {
    return Optional.of(new PageImpl<>(CONTENT));
  }

  /** Its class and its superclass each have a field of the same name. */
  public static Slice<Money> slice() {
    return new SliceImpl<>(CONTENT, PageRequest.of(0, 1), true);
  }

  public static Window<Money> window() {
    return Window.from(CONTENT, OffsetScrollPosition.positionFunction(3), true);
  }

  public static Page<Money> empty() {
    return Page.empty(Pageable.ofSize(5));
  }
}
