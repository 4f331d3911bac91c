package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SearchWordsTest {
  @Property(tries = 300)
  void wordsAreSortedByLengthInCharacters(@ForAll String typed) {
    SearchWords words = SearchWords.of(typed);

    assertThat(words.indexed()).allMatch(word -> word.codePointCount(0, word.length()) >= 3);
    assertThat(words.scanned()).allMatch(word -> word.codePointCount(0, word.length()) < 3);
  }

  @Property(tries = 300)
  void anExcerptIsShort(@ForAll String typed, @ForAll String text) {
    assertThat(SearchWords.of(typed).excerpt(text)).hasSizeLessThanOrEqualTo(122);
  }
}
