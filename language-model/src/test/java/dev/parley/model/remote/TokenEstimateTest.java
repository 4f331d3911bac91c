package dev.parley.model.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.ChatMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {
  @Test
  void chineseIsATokenACharacter() {
    assertThat(TokenEstimate.of("潮汐為什麼一天兩次？")).isEqualTo(10);
  }

  @Test
  void englishIsATokenPerThreeAndAHalfCharacters() {
    assertThat(TokenEstimate.of("The tide rises and falls.")).isEqualTo(8);
  }

  @Test
  void everyDigitCounts() {
    assertThat(TokenEstimate.of("2026")).isEqualTo(4);
  }

  @Test
  void everyMessageCostsItsTemplate() {
    List<ChatMessage> one = List.of(ChatMessage.user(""));
    List<ChatMessage> two = List.of(ChatMessage.user(""), ChatMessage.assistant(""));

    assertThat(TokenEstimate.of(two)).isGreaterThan(TokenEstimate.of(one));
  }
}
