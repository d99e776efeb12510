/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Templates and expressions.
 *
 * <p>An expression is read once, by {@code Parser}, which takes out the operands and refuses all
 * but operators between them. What an operand reads are properties; JEXL only knows in which order
 * the operators act.
 */
package dev.larder.engine.expr;
