/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.ops.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name(BackendErrorEvent.NAME)
@Label("Cache Backend Error")
@Description("What a call asked of a backend and did not get; the method runs all the same")
final class BackendErrorEvent extends CacheEvent {

  static final String NAME = "dev.larder.BackendError";

  @Label("Backend")
  @Description("The backend as the configuration names it")
  String backend;

  @Label("Operation")
  @Description("What was asked of it")
  String operation;

  @Label("Error Class")
  @Description("The class of what the backend or its client threw")
  String errorClass;

  @Label("Message")
  @Description("What it says, where that cannot hold anything of the application's")
  String message;
}
