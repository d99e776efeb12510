/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

interface Repository extends Counting {

  String find(String name);

  int size();

  void save(Row row);
}
