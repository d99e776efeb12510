/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes articles, and changes its mind. */
@Service
public class Clerk {

  /** What rolls a transaction back. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /**
   * What a transaction was given.
   *
   * @param own after its draft
   * @param apart in a transaction of its own meanwhile
   */
  record Seen(String own, String apart) {}

  private final ArticleRepository articles;
  private final Levels levels;

  Clerk(ArticleRepository articles, Levels levels) {
    this.articles = articles;
    this.levels = levels;
  }

  /** Saves by the repository, where the file evicts. */
  @Transactional
  public void save(Article article, boolean refuse) {
    articles.saveAndFlush(article);
    articles.stock(article.getId());
    if (refuse) {
      throw new Refused();
    }
  }

  /** Writes a draft first, and then what is to be committed. */
  @Transactional
  public Seen change(long id, int draft, int committed, boolean refuse) {
    articles.restock(id, draft);
    levels.put(id, draft);
    Seen seen = new Seen(articles.stock(id) + " " + levels.level(id), levels.apart(id));
    if (refuse) {
      throw new Refused();
    }
    articles.restock(id, committed);
    levels.put(id, committed);
    return seen;
  }

  /** Reads in a transaction that may write. */
  @Transactional
  public int[] read(long id) {
    return new int[] {articles.stock(id), levels.level(id)};
  }

  @Transactional(readOnly = true)
  public int[] readOnly(long id) {
    return new int[] {articles.stock(id), levels.level(id)};
  }
}
