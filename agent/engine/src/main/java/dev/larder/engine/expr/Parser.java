/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.larder.engine.expr;

import dev.larder.engine.key.FieldAccess;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads an expression: takes out its operands, and checks that nothing but operators and
 * parentheses is left between them.
 *
 * <p>What is left is given to JEXL with {@code v0}, {@code v1} … in the operands' places, so that
 * no name, text or number of the attribute ever reaches it: there is nothing that it could call. An
 * expression that is one operand does without it. JEXL compares for equality but once; where Java
 * goes on from the left, parentheses are put in.
 */
final class Parser {

  private static final int MOST_OPERATORS = 200;
  private static final int DEEPEST = 50;
  private static final Set<String> TWO = Set.of("==", "!=", "<=", ">=", "&&", "||");
  private static final Set<String> ONE = Set.of("<", ">", "+", "-", "*", "/", "%");
  private static final String ALLOWED =
      "allowed are == != < <= > >= && || ! + - * / % and parentheses";

  private final String text;
  private final int end;
  private final int shift;
  private final Names names;
  private final Properties properties;

  private final List<Operand> operands = new ArrayList<>();
  private final StringBuilder script = new StringBuilder();
  private final List<int[]> places = new ArrayList<>();
  private final Deque<Equality> equalities = new ArrayDeque<>();
  private int at;
  private int operators;

  /** Whether the sign of what comes next has been read last. */
  private boolean isNegated;

  /** What may be compared for equality: where it begins in the script, and whether it has been. */
  private record Equality(int from, boolean isCompared) {}

  private Parser(String text, int from, int end, int shift, Names names, FieldAccess access) {
    this.text = text;
    this.at = from;
    this.end = end;
    this.shift = shift;
    this.names = names;
    this.properties = isLookedOver() ? null : Properties.of(access);
  }

  /** Whether nothing is asked but how the text is written. */
  @SuppressWarnings("ReferenceEquality") // names of a method may be as empty
  private boolean isLookedOver() {
    return names == Names.ANY;
  }

  /**
   * Reads the expression between two places of an attribute's text.
   *
   * @param shift where the text itself starts in the attribute
   * @return null where it is {@link Names#ANY looked over}
   */
  static Expression parse(
      String text, int from, int end, int shift, Names names, FieldAccess access)
      throws FaultyExpression {
    return new Parser(text, from, end, shift, names, access).expression(from);
  }

  private Expression expression(int from) throws FaultyExpression {
    List<Integer> open = new ArrayList<>();
    boolean operandNext = true;
    beginEquality();
    for (blanks(); at < end; blanks()) {
      char next = text.charAt(at);
      int start = at;
      if (operandNext) {
        if (next == '(') {
          open.add(start);
          if (open.size() > DEEPEST) {
            throw fault("more than " + DEEPEST + " parentheses inside each other", start);
          }
          emit("(", start, 1);
          beginEquality();
        } else if (next == '!' || next == '-' || next == '+') {
          if (next == '!' && at + 1 < end && text.charAt(at + 1) == '=') {
            throw fault("'!=' needs a value before it", start);
          }
          operator(String.valueOf(next), start);
          isNegated = next == '-';
        } else {
          operand(start);
          operandNext = false;
        }
      } else if (next == ')') {
        if (open.isEmpty()) {
          throw fault("')' closes no '('", start);
        }
        open.remove(open.size() - 1);
        equalities.pop();
        emit(")", start, 1);
      } else {
        binaryOperator(binary(start), start);
        operandNext = true;
      }
    }
    if (operandNext) {
      throw fault(
          operands.isEmpty() && open.isEmpty() && operators == 0
              ? "there is no expression"
              : "a value is missing",
          operators == 0 && open.isEmpty() ? from : end);
    }
    if (!open.isEmpty()) {
      throw fault("'(' is not closed", open.get(open.size() - 1));
    }
    if (isLookedOver()) {
      return null;
    }
    if (operands.size() == 1 && operators == 0) {
      return new Expression(operands.get(0));
    }
    return new Expression(
        Calculation.compile(script.toString(), operands, column -> place(column) + shift));
  }

  private void operator(String operator, int start) throws FaultyExpression {
    if (++operators > MOST_OPERATORS) {
      throw fault("more than " + MOST_OPERATORS + " operators", start);
    }
    emit(operator, start, operator.length());
  }

  private void binaryOperator(String operator, int start) throws FaultyExpression {
    boolean isEquality = operator.equals("==") || operator.equals("!=");
    if (isEquality) {
      Equality equality = equalities.pop();
      if (equality.isCompared()) {
        parenthesise(equality.from(), start);
      }
      equalities.push(new Equality(equality.from(), true));
    }
    operator(operator, start);
    if (operator.equals("&&") || operator.equals("||")) {
      equalities.pop();
      beginEquality();
    }
  }

  private void beginEquality() {
    equalities.push(new Equality(script.length(), false));
  }

  /** Puts what the script has had since a column into parentheses. */
  private void parenthesise(int from, int start) {
    String opening = "( ";
    script.insert(from, opening);
    for (int[] place : places) {
      if (place[0] >= from) {
        place[0] += opening.length();
      }
    }
    emit(")", start, 0);
  }

  private String binary(int start) throws FaultyExpression {
    String two = text.substring(start, Math.min(start + 2, end));
    if (TWO.contains(two)) {
      return two;
    }
    String one = two.substring(0, 1);
    if (ONE.contains(one)) {
      return one;
    }
    throw switch (one) {
      case "=" -> fault("'=' assigns, which an expression cannot; '==' compares", start);
      case "(" -> fault("a call is not allowed in an expression", start);
      case "[" -> fault("'[' is not allowed: an expression reads properties only", start);
      case "?" -> fault("'?' is not allowed: a property of null is null anyway; " + ALLOWED, start);
      default -> fault("'" + one + "' is no operator; " + ALLOWED, start);
    };
  }

  private void operand(int start) throws FaultyExpression {
    char next = text.charAt(start);
    Operand operand;
    if (next == '\'' || next == '"') {
      operand = literal(new Literals(text, end, shift).text(start));
    } else if (next >= '0' && next <= '9') {
      operand = literal(new Literals(text, end, shift).number(start, isNegated));
    } else if (next == '#' || Character.isJavaIdentifierStart(next)) {
      operand = name(start);
    } else if (TWO.contains(text.substring(start, Math.min(start + 2, end)))
        || ONE.contains(String.valueOf(next))
        || next == ')') {
      throw fault("'" + next + "' needs a value before it", start);
    } else {
      throw fault(
          "'" + next + "' starts no value: a name, a number, 'text', true, false, null", start);
    }
    places.add(new int[] {script.length(), start});
    script.append('v').append(operands.size()).append(' ');
    operands.add(operand);
  }

  private Operand literal(Literals.Literal literal) {
    at = literal.end();
    return isLookedOver() ? null : constant(literal.value());
  }

  private static Operand constant(Object value) {
    return (arguments, result) -> value;
  }

  private Operand name(int start) throws FaultyExpression {
    boolean marked = text.charAt(start) == '#';
    if (marked) {
      at++;
    }
    String root = identifier();
    boolean isTruth = root.equals("true") || root.equals("false");
    if (!marked && (isTruth || root.equals("null"))) {
      return isLookedOver() ? null : constant(isTruth ? root.equals("true") : null);
    }
    refuseCall(start);
    int index = isLookedOver() ? Path.RESULT : index(root, start);
    Class<?> type = index == Path.RESULT ? names.resultType() : names.types().get(index);
    List<String> path = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (blanks(); at < end && text.charAt(at) == '.'; blanks()) {
      at++;
      blanks();
      int property = at;
      path.add(identifier());
      positions.add(property + shift);
      refuseCall(property);
      type = property(type, path.get(path.size() - 1), property);
    }
    return isLookedOver() ? null : new Path(index, path, positions, properties);
  }

  /**
   * The type of a property where the type that it is of is final, so that what it lacks no subclass
   * can have.
   *
   * @return null if it is not known
   */
  private Class<?> property(Class<?> type, String name, int start) throws FaultyExpression {
    if (type == null
        || !Modifier.isFinal(type.getModifiers())
        || type == void.class
        || type.getName().startsWith("java.util.Optional")) {
      return null;
    }
    Class<?> found;
    try {
      found = type.isPrimitive() ? null : Properties.typeOf(type, name);
    } catch (LinkageError e) {
      return null;
    }
    if (found == null) {
      throw fault(
          type.getName()
              + " has no property '"
              + name
              + "': no record component, getter or public field",
          start);
    }
    return found;
  }

  private int index(String name, int start) throws FaultyExpression {
    if (name.equals("result") && names.result()) {
      return Path.RESULT;
    }
    int index = names.parameters().indexOf(name);
    if (index >= 0) {
      return index;
    }
    int count = names.parameters().size();
    if (name.length() > 1
        && name.length() < 5
        && name.charAt(0) == 'p'
        && name.chars().skip(1).allMatch(c -> c >= '0' && c <= '9')
        && (name.length() == 2 || name.charAt(1) != '0')) {
      index = Integer.parseInt(name.substring(1));
      if (index < count) {
        return index;
      }
    }
    if (name.equals("result")) {
      throw fault("'result' is not known before the call", start);
    }
    StringBuilder known = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String parameter = names.parameters().get(i);
      known.append(known.length() == 0 ? "" : ", ").append(parameter == null ? "p" + i : parameter);
    }
    throw fault(
        "there is no parameter '"
            + name
            + "'; known are: "
            + (count == 0 ? "none" : known)
            + (names.result() ? ", result" : "")
            + (names.parameters().contains(null)
                ? "; the class keeps no names of parameters: compile it with -g or -parameters"
                : ""),
        start);
  }

  private void refuseCall(int start) throws FaultyExpression {
    blanks();
    if (at < end && text.charAt(at) == '(') {
      throw fault(
          String.format(
              Locale.ROOT,
              "a call is not allowed in an expression: '%s(…)'",
              text.substring(start, at).strip()),
          start);
    }
  }

  private String identifier() throws FaultyExpression {
    int start = at;
    if (at >= end || !Character.isJavaIdentifierStart(text.charAt(at))) {
      throw fault("a name is missing", start);
    }
    while (at < end
        && Character.isJavaIdentifierPart(text.charAt(at))
        && !Character.isIdentifierIgnorable(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw fault("a name is missing", start);
    }
    return text.substring(start, at);
  }

  private void blanks() {
    while (at < end && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void emit(String token, int start, int length) {
    places.add(new int[] {script.length(), start});
    script.append(token).append(' ');
    at = start + length;
    isNegated = false;
  }

  /** The place in the text that a column of the script came from. */
  private int place(int column) {
    int place = places.get(0)[1];
    for (int[] each : places) {
      if (each[0] <= column) {
        place = each[1];
      }
    }
    return place;
  }

  private FaultyExpression fault(String message, int where) {
    return new FaultyExpression(message, where + shift);
  }
}
