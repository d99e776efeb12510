/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package com.acme.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A Spring Boot application with JPA, as its starter puts it together. */
@SpringBootApplication
class Shop {}
