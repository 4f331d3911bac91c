package dev.parley.model.template;

import com.hubspot.jinjava.objects.collections.PyList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstRightValue;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import org.jspecify.annotations.Nullable;

/** Python's {@code value[from:to:step]}, of a text or a list. Immutable. */
final class Slice extends AstRightValue {
  private final AstNode value;
  private final @Nullable AstNode from;
  private final @Nullable AstNode to;
  private final @Nullable AstNode step;

  Slice(AstNode value, @Nullable AstNode from, @Nullable AstNode to, @Nullable AstNode step) {
    this.value = value;
    this.from = from;
    this.to = to;
    this.step = step;
  }

  @Override
  public Object eval(Bindings bindings, ELContext context) {
    return switch (value.eval(bindings, context)) {
      case String text ->
          indices(text.length(), bindings, context)
              .mapToObj(index -> text.substring(index, index + 1))
              .collect(Collectors.joining());
      case Collection<?> all -> of(new ArrayList<>(all), bindings, context);
      case Object[] all -> of(Arrays.asList(all), bindings, context);
      case null, default -> throw new ELException("only texts and lists have slices");
    };
  }

  private PyList of(List<?> all, Bindings bindings, ELContext context) {
    List<Object> some = new ArrayList<>();
    indices(all.size(), bindings, context).forEach(index -> some.add(all.get(index)));
    return new PyList(some);
  }

  /** As Python's {@code slice.indices}. */
  private IntStream indices(int length, Bindings bindings, ELContext context) {
    long by = number(step, 1, bindings, context);
    if (by == 0) {
      throw new ELException("a slice's step cannot be zero");
    }
    boolean forwards = by > 0;
    int least = forwards ? 0 : -1;
    int most = forwards ? length : length - 1;
    long first = within(number(from, forwards ? 0 : most, bindings, context), length, least, most);
    long end =
        to == null
            ? forwards ? length : -1
            : within(number(to, 0, bindings, context), length, least, most);
    long count = Math.max(0, forwards ? (end - first + by - 1) / by : (first - end - by - 1) / -by);
    return IntStream.range(0, (int) count).map(index -> (int) (first + index * by));
  }

  private static long within(long index, int length, int least, int most) {
    return Math.clamp(index < 0 ? index + length : index, least, most);
  }

  private static long number(
      @Nullable AstNode node, long otherwise, Bindings bindings, ELContext context) {
    return switch (node == null ? null : node.eval(bindings, context)) {
      case null -> otherwise;
      case Number number -> Math.clamp(number.longValue(), -Integer.MAX_VALUE, Integer.MAX_VALUE);
      default -> throw new ELException("a slice wants numbers");
    };
  }

  @Override
  public void appendStructure(StringBuilder structure, Bindings bindings) {
    structure.append(this);
  }

  @Override
  public int getCardinality() {
    return 1;
  }

  @Override
  public AstNode getChild(int index) {
    return value;
  }

  @Override
  public String toString() {
    return value + "[:]";
  }
}
