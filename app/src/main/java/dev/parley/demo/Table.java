package dev.parley.demo;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, as wide as what is in them and no wider than can be read. */
final class Table {
  private static final int WIDEST = 44;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(List.of(head));
  }

  Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  @Override
  public String toString() {
    int columns = rows.getFirst().size();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = shortened(row.get(i));
        line.append(cell).append(" ".repeat(width(i) - cell.length() + 2));
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> shortened(row.get(column)).length()).max().orElse(0);
  }

  private static String shortened(String cell) {
    String line = cell.strip().replaceAll("\\s+", " ");
    return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
  }
}
