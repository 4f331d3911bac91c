package dev.parley.format;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.Node;

/**
 * A table as lines of equal columns, for letters of one width: no platform draws tables.
 *
 * @param rows the heading first; each of equally many cells
 */
record Table(List<List<String>> rows) {
  private static final String BETWEEN = "  ";

  static Table of(TableBlock block) {
    List<List<String>> rows = new ArrayList<>();
    for (Node part = block.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
          StringBuilder text = new StringBuilder();
          new InlineFormatter(text, new ArrayList<>(), "").format(cell);
          cells.add(text.toString());
        }
        rows.add(cells);
      }
    }
    return new Table(rows);
  }

  String text() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths =
        IntStream.range(0, columns)
            .map(
                column ->
                    rows.stream()
                        .filter(row -> column < row.size())
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
            .toArray();
    List<String> lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.toList());
    int between = BETWEEN.length() * Math.max(0, columns - 1); // lines of bars alone have no column
    lines.add(1, "─".repeat(IntStream.of(widths).sum() + between));
    return String.join("\n", lines);
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - width(row.get(i))))
        .collect(Collectors.joining(BETWEEN))
        .stripTrailing();
  }

  /** Columns of a text: Chinese characters take two (UAX 11), marks upon others none. */
  private static int width(String text) {
    return text.codePoints()
        .map(
            c ->
                switch (UCharacter.getIntPropertyValue(c, UProperty.EAST_ASIAN_WIDTH)) {
                  case EastAsianWidth.WIDE, EastAsianWidth.FULLWIDTH -> 2;
                  default -> UCharacter.getCombiningClass(c) == 0 ? 1 : 0;
                })
        .sum();
  }
}
