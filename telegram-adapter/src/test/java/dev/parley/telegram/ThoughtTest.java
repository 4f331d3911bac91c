package dev.parley.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.telegram.Chats.Shown;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Of a model that thinks before it answers. */
class ThoughtTest extends Scenario {
  private static final String HEADING = "What I thought before I answered\n\n";

  @Test
  void thatTheModelThinksIsSaidUntilTheAnswerBegins() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("<think>The Moon", " or the Sun?</think>It pulls.", seen);
    ada.says("Why tides?");
    server.await(1, chat -> chat.getLast().text().equals("Thinking…"));
    seen.countDown();

    awaitAnswer(1, "It pulls.");
    assertThat(server.ofBot(1)).hasSize(1);
  }

  @Test
  void aShortThoughtPopsUp() throws Exception {
    Shown answer = ask("The Moon or the Sun?");
    assertThat(answer.buttons()).containsExactly("👍", "👎", "↻", "💭");

    assertThat(ada.presses("💭")).isEqualTo(HEADING + "The Moon or the Sun?");

    assertThat(server.ofBot(1)).hasSize(1);
  }

  @Test
  void aLongerThoughtComesInMessagesOfItsOwn() throws Exception {
    String thought = "The Moon, or the Sun, or both of them. ".repeat(200).strip();
    Shown answer = ask(thought);

    assertThat(ada.presses("💭")).isEmpty();

    server.await(1, chat -> chat.getLast().text().endsWith("of them.") && chat.size() == 4);
    List<Shown> shown = server.ofBot(1);
    assertThat(shown.getFirst().message()).isEqualTo(answer.message());
    assertThat(shown.get(1).text() + " " + shown.get(2).text()).isEqualTo(HEADING + thought);
  }

  @Test
  void aVeryLongThoughtIsAFile() throws Exception {
    ask("The Moon, or the Sun, or both of them. ".repeat(400));

    ada.presses("💭");

    server.await(1, chat -> chat.getLast().message().path("file").asText().contains("thought-"));
    assertThat(server.ofBot(1).get(1).text())
        .isEqualTo("My thought is a long one: all of it is in the file.");
  }

  private Shown ask(String thought) throws InterruptedException {
    model.answers("<think>" + thought + "</think>It pulls.");
    ada.says("Why tides?");
    awaitAnswer(1, "It pulls.");
    return server.ofBot(1).getFirst();
  }
}
