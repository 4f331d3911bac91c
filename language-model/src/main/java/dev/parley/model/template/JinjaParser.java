package dev.parley.model.template;

import com.hubspot.jinjava.el.ext.AstNamedParameter;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.NamedParameterOperator;
import java.util.ArrayList;
import java.util.List;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Builder.Feature;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.Scanner.ScanException;
import jinjava.de.odysseus.el.tree.impl.Scanner.Symbol;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstIdentifier;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstParameters;
import jinjava.de.odysseus.el.tree.impl.ast.AstProperty;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import org.jspecify.annotations.Nullable;

/**
 * Reads expressions by Jinja's grammar where jinjava's is another: {@code not} binds less than
 * tests and comparisons, a named argument takes a whole expression, and slices have a step. Follows
 * Jinja2's {@code jinja2.parser.Parser}. For one expression; confined to one thread.
 */
final class JinjaParser extends ExtendedParser {
  /** Gives the operand that decides, as Python does. */
  private static final AstBinary.Operator AND =
      (bindings, context, left, right) -> {
        Object first = left.eval(bindings, context);
        return bindings.convert(first, Boolean.class) ? right.eval(bindings, context) : first;
      };

  JinjaParser(Builder builder, String expression) {
    super(builder, expression);
  }

  /** Makes the parsers. Immutable. */
  static final class Grammar extends Builder {
    private static final long serialVersionUID = 1;

    Grammar() {
      super(Feature.METHOD_INVOCATIONS, Feature.VARARGS);
    }

    @Override
    protected Parser createParser(String expression) {
      return new JinjaParser(this, expression);
    }
  }

  @Override
  protected Scanner createScanner(String expression) {
    return new JinjaScanner(expression);
  }

  @Override
  protected @Nullable AstNode and(boolean required) throws ScanException, ParseException {
    AstNode left = not(required);
    while (left != null && getToken().getSymbol() == Symbol.AND) {
      consumeToken();
      left = createAstBinary(left, not(true), AND);
    }
    return left;
  }

  private @Nullable AstNode not(boolean required) throws ScanException, ParseException {
    if (getToken().getSymbol() != Symbol.NOT) {
      return eq(required);
    }
    consumeToken();
    return createAstUnary(not(true), AstUnary.NOT);
  }

  @Override
  protected AstParameters params(Symbol left, Symbol right) throws ScanException, ParseException {
    consumeToken(left);
    List<AstNode> all = new ArrayList<>();
    AstNode next = parameter();
    while (next != null) {
      all.add(next);
      if (getToken().getSymbol() == Symbol.COMMA) {
        consumeToken();
        next = parameter();
      } else {
        next = null;
      }
    }
    consumeToken(right);
    return createAstParameters(all);
  }

  private @Nullable AstNode parameter() throws ScanException, ParseException {
    if (getToken().getSymbol() != Symbol.IDENTIFIER
        || !lookahead(0).equals(NamedParameterOperator.TOKEN)) {
      return expr(false);
    }
    AstIdentifier name = identifier(consumeToken().getImage());
    consumeToken();
    return new AstNamedParameter(name, expr(true));
  }

  @Override
  protected @Nullable AstNode value() throws ScanException, ParseException {
    AstNode value = nonliteral();
    boolean lvalue = value != null;
    if (value == null) {
      value = literal();
    }
    while (value != null) {
      if (getToken().getSymbol() == Symbol.DOT) {
        consumeToken();
        String name = consumeToken(Symbol.IDENTIFIER).getImage();
        value = called(createAstDot(value, name, lvalue));
      } else if (getToken().getSymbol() == Symbol.LBRACK) {
        value = bracket(value, lvalue);
      } else {
        return value;
      }
    }
    return value;
  }

  private AstNode bracket(AstNode value, boolean lvalue) throws ScanException, ParseException {
    consumeToken(Symbol.LBRACK);
    AstNode first = expr(false);
    if (getToken().getSymbol() != Symbol.COLON) {
      consumeToken(Symbol.RBRACK);
      boolean strict = !context.isEnabled(Feature.NULL_PROPERTIES);
      return called(createAstBracket(value, first, lvalue, strict));
    }
    consumeToken();
    AstNode end = expr(false);
    AstNode step = null;
    if (getToken().getSymbol() == Symbol.COLON) {
      consumeToken();
      step = expr(false);
    }
    consumeToken(Symbol.RBRACK);
    return new Slice(value, first, end, step);
  }

  private AstNode called(AstProperty property) throws ScanException, ParseException {
    return getToken().getSymbol() == Symbol.LPAREN ? createAstMethod(property, params()) : property;
  }
}
