package dev.parley.conversation;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items what is on it
 * @param number which page, from 0
 * @param size most items of a page
 * @param total items of all pages
 */
public record Page<T>(List<T> items, int number, int size, int total) {
  public Page {
    items = List.copyOf(items);
  }

  /** How many pages there are, at least one. */
  public int count() {
    return Math.max(1, Math.ceilDiv(total, size));
  }
}
