package dev.parley.conversation;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.adaInPrivate;
import static dev.parley.storage.Stores.author;
import static dev.parley.storage.Stores.inGroup;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.parley.model.FinishReason;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSearchTest {
  @TempDir Path folder;

  private Stores stores;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    ask("為什麼潮汐一天有兩次？請用簡單的話說明。");
    ask("为什么潮汐一天有两次？请用简单的话说明。");
    ask("Why do tides come twice a day?");
    ask("100% sure_thing: \"quoted\" AND (this) OR that* NEAR");
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @ParameterizedTest
  @CsvSource({
    "為什麼, 1", // Traditional, in the index
    "說明, 1", // Traditional, too short for the index
    "为什么, 1", // Simplified
    "说明, 1",
    "潮汐, 2", // the same in both
    "潮, 2",
    "潮汐一天有, 2",
    "潮汐 簡單, 1",
    "TIDES, 1",
    "tides why, 1",
    "ide, 1",
    "da, 1",
    "tides 潮汐, 0",
    "moon, 0",
  })
  void wordsAreFoundInEveryLanguage(String words, int hits) {
    assertThat(search(words)).hasSize(hits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"100%", "0%", "e_t", "_t", "\"quoted\"", "AND", "(this)", "that*", "OR", "NEAR"})
  void signsWithAMeaningInQueriesAreOrdinaryText(String words) {
    assertThat(search(words)).hasSize(1).first().asString().startsWith("100%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1%0", "s__e", "%%", "\"\"\"", "tid*", "text:why", "^Why", "!", "  ", ""})
  void signsDoNotStandForOtherText(String words) {
    assertThat(search(words)).isEmpty();
  }

  @Test
  void whateverIsTypedIsNoError() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String signs = "\"'%_!*()^:{}+-~\\\0\n 潮汐ab🌊\uD83C.,?&|<>=[]";
    for (int i = 0; i < 300; i++) {
      String typed =
          random
              .ints(random.nextInt(20), 0, signs.length())
              .mapToObj(index -> signs.substring(index, index + 1))
              .collect(Collectors.joining());
      assertThatCode(() -> search(typed)).as("%s, seed %d", typed, seed).doesNotThrowAnyException();
    }
  }

  @Test
  void deletedMessagesAreNotFound() {
    Exchange exchange = ask("a whale in the harbour");
    assertThat(search("whale")).hasSize(1);

    stores.tree.deleteExchange(exchange.question().id());

    assertThat(search("whale")).isEmpty();
    assertThat(search("wh")).hasSize(1); // "Why" of another message
  }

  @Test
  void answersAreFoundOnceTheyHaveText() {
    Exchange exchange = ask("and then?");
    stores.tree.answer(
        exchange.answer().id(), "The Moon pulls.", new Message.Origin("t", 1, 1, FinishReason.END));
    stores.tree.answer(
        exchange.answer().id(), "The Sun pulls.", new Message.Origin("t", 1, 1, FinishReason.END));

    assertThat(search("Sun pulls")).containsExactly("The Sun pulls.");
    assertThat(search("Moon")).isEmpty();
  }

  @Test
  void otherPlacesAreNotSearched() {
    assertThat(stores.search.search(inGroup(ADA), "tides", 0, 10).items()).isEmpty();
  }

  @Test
  void theNewestComesFirstByPages() {
    for (int i = 1; i <= 5; i++) {
      ask("harbour " + i);
    }
    Page<MessageSearch.Hit> page = stores.search.search(adaInPrivate(), "harbour", 1, 2);

    assertThat(page.items())
        .extracting(hit -> hit.message().text())
        .containsExactly("harbour 3", "harbour 2");
    assertThat(page.total()).isEqualTo(5);
  }

  @Test
  void anExcerptShowsWhereTheWordStands() {
    ask("開頭".repeat(200) + " 鯨魚 " + "結尾".repeat(200));

    assertThat(stores.search.search(adaInPrivate(), "鯨魚", 0, 1).items().getFirst().excerpt())
        .contains("鯨魚")
        .startsWith("…")
        .endsWith("…")
        .hasSizeLessThanOrEqualTo(122);
  }

  private Exchange ask(String question) {
    return stores.tree.ask(adaInPrivate(), author(ADA), question, new Position.AtTheEnd());
  }

  private List<String> search(String words) {
    return stores.search.search(adaInPrivate(), words, 0, 100).items().stream()
        .map(hit -> hit.message().text())
        .toList();
  }
}
