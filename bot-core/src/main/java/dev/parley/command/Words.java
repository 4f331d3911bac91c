package dev.parley.command;

import java.util.List;
import java.util.OptionalLong;

/** The words of a button's or a form's id, which come from outside. */
final class Words {
  private Words() {}

  static String get(List<String> words, int index) {
    return index < words.size() ? words.get(index) : "";
  }

  static OptionalLong number(List<String> words, int index) {
    String word = get(words, index);
    return word.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
  }
}
