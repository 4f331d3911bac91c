package dev.parley.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.discord.Visits.Visit;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Of a model that thinks before it answers. */
class ThoughtTest extends Scenario {
  private static final String HEADING = "**What I thought before I answered**\n\n";

  @Test
  void thatTheModelThinksIsSaidUntilTheAnswerBegins() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    model.grows("<think>The Moon", " or the Sun?</think>It pulls.", seen);
    ada.says("Why tides?");
    awaitWords(ada.channel(), "Thinking…");
    assertThat(server.ofBot(ada.channel()).getLast().buttons()).containsExactly("Stop");
    seen.countDown();

    awaitAnswer(ada.channel(), "It pulls.");
    assertThat(server.ofBot(ada.channel())).hasSize(1);
  }

  @Test
  void inAServerOnlyWhoPressedSeesTheThoughtAndOnlyWhoAskedMayPress() throws Exception {
    Shown answer = ask("The Moon or the Sun?");
    assertThat(answer.buttons()).containsExactly("👍", "👎", "↻", "💭");

    Visit foreign = bob.in(GENERAL).presses(answer, "💭");
    Visit own = ada.in(GENERAL).presses(answer, "💭");

    assertThat(foreign.shown().getFirst().text()).startsWith("這個按鈕是給Ada的");
    assertThat(own.shown()).hasSize(1).allMatch(Shown::isEphemeral);
    assertThat(own.shown().getFirst().text()).isEqualTo(HEADING + "The Moon or the Sun?");
    assertThat(server.ofBot(GENERAL)).hasSize(1);
  }

  @Test
  void aLongThoughtComesInSeveralMessagesForWhoPressedAndAVeryLongOneAsAFile() throws Exception {
    Shown answer = ask("The Moon, or the Sun, or both of them. ".repeat(120));
    Visit own = ada.in(GENERAL).presses(answer, "💭");

    awaitMessages(own, 3);
    assertThat(own.shown()).allMatch(Shown::isEphemeral);

    model.answers("<think>" + "The Moon, or the Sun. ".repeat(400) + "</think>It does.");
    ada.in(GENERAL).mentions("Sure?");
    awaitAnswer(GENERAL, "It does.");
    Visit other = ada.in(GENERAL).presses(server.ofBot(GENERAL).getLast(), "💭");
    awaitMessages(other, 2);
    assertThat(other.shown()).allMatch(Shown::isEphemeral);
    assertThat(other.shown().getLast().text()).contains("[file ");
  }

  private void awaitMessages(Visit visit, int count) throws InterruptedException {
    server.until("all", () -> visit.shown().size() == count, () -> visit.shown().toString());
  }

  private Shown ask(String thought) throws Exception {
    model.answers("<think>" + thought + "</think>It pulls.");
    ada.in(GENERAL).mentions("Why tides?");
    awaitAnswer(GENERAL, "It pulls.");
    return server.ofBot(GENERAL).getLast();
  }
}
