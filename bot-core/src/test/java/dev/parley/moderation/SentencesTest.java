package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void sentencesEndInEveryLanguage() {
    assertThat(Sentences.of("Is it 3.5 metres? Yes! \nGood. and small.潮來了。潮又去了！好"))
        .containsExactly("Is it 3.5 metres? ", "Yes! \n", "Good. ", "and small.潮來了。", "潮又去了！", "好");
  }

  @Test
  void nothingIsLost() {
    String text = " a.b.. c\n\n「你好。」她說…… x";
    assertThat(String.join("", Sentences.of(text))).isEqualTo(text);
    assertThat(Sentences.of("")).isEmpty();
  }
}
