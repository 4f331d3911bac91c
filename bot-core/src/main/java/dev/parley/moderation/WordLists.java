package dev.parley.moderation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ahocorasick.trie.Emit;
import org.ahocorasick.trie.Trie;

/**
 * How often words of certain lists are in a text: profanity by kind (Surge), words that are asked
 * to be left out of what others read (LDNOOBW), and a few of what is violent, of hurting oneself,
 * of groups of people, and of whom a text speaks to. They are figures for the classifier: no word
 * is wrong by itself. Immutable.
 */
final class WordLists {
  private static final WordLists BUILT_IN = read();

  /** Lists of languages that put no space between words are looked for anywhere. */
  private record WordList(Trie words) {
    long count(String text) {
      long count = 0;
      int end = -1;
      for (Emit found : words.parseText(text)) {
        count += found.getStart() > end ? 1 : 0;
        end = found.getEnd();
      }
      return count;
    }
  }

  private final List<WordList> lists;

  private WordLists(List<WordList> lists) {
    this.lists = List.copyOf(lists);
  }

  /** The lists that come with Parley. */
  static WordLists builtIn() {
    return BUILT_IN;
  }

  int size() {
    return lists.size();
  }

  /** How many words of a list are in a text. */
  long count(int list, String normalized) {
    return lists.get(list).count(normalized);
  }

  /** A line that begins with # names the next list. */
  private static WordLists read() {
    List<WordList> lists = new ArrayList<>();
    for (String file : List.of("words_en.txt", "words_zh.txt")) {
      boolean whole = file.equals("words_en.txt");
      Trie.TrieBuilder words = null;
      for (String line : lines(file)) {
        if (line.startsWith("# ")) {
          if (words != null) {
            lists.add(new WordList(words.build()));
          }
          words = Trie.builder().ignoreOverlaps();
          words = whole ? words.onlyWholeWords() : words;
        } else if (words != null && !line.isBlank()) {
          words.addKeyword(Normalization.of(line.strip()));
        }
      }
      if (words != null) {
        lists.add(new WordList(words.build()));
      }
    }
    return new WordLists(lists);
  }

  private static List<String> lines(String name) {
    try (InputStream in = WordLists.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in this build");
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
