package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifierTest {
  private static final List<LabelledText> TEXTS =
      List.of(
          harmful("I will stab you with this knife tonight", Category.VIOLENCE),
          harmful("They should all be shot, every one", Category.VIOLENCE),
          harmful("我要杀了你全家", Category.VIOLENCE),
          harmful("You are a worthless idiot", Category.HARASSMENT),
          harmless("How do I stab a potato with a fork?"),
          harmless("You are a wonderful friend"),
          harmless("我要去你家吃饭"),
          harmless("What a shot, every one of the goals was great"));

  @Test
  void whatWasLearnedIsTold() {
    Classifier classifier = ClassifierTraining.train(TEXTS);

    for (LabelledText text : TEXTS) {
      Map<Category, Double> judged = classifier.judge(text.text());
      for (Category category : Category.ALL) {
        assertThat(judged.getOrDefault(category, 0.0) > 0.5)
            .as("%s of %s", category, text.text())
            .isEqualTo(text.are().contains(category));
      }
    }
  }

  /** Hidden by letters that look alike, that are wide, invisible, or heaped with marks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ｙｏｕ are a ｗｏｒｔｈｌｅｓｓ idiot",
        "You are a worth\u200Bless id\u00ADiot",
        "You are a worthless i\u0301\u0302\u0303\u0304diot"
      })
  void tricksHideNothing(String hidden) {
    Classifier classifier = ClassifierTraining.train(TEXTS);

    assertThat(classifier.judge(hidden)).isEqualTo(classifier.judge("You are a worthless idiot"));
  }

  @Test
  void traditionalChineseIsToldAsSimplified() {
    Classifier classifier = ClassifierTraining.train(TEXTS);

    assertThat(classifier.judge("我要殺了你全家")).isEqualTo(classifier.judge("我要杀了你全家"));
  }

  @Test
  void aFileOfItJudgesAlike() throws IOException {
    Classifier classifier = ClassifierTraining.train(TEXTS);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    classifier.write(file);

    Classifier read = Classifier.read(new ByteArrayInputStream(file.toByteArray()));

    for (LabelledText text : TEXTS) {
      Map<Category, Double> again = read.judge(text.text());
      classifier
          .judge(text.text())
          .forEach((of, likely) -> assertThat(again.get(of)).isCloseTo(likely, within(0.03)));
    }
  }

  @Test
  void halfAFileIsNone() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ClassifierTraining.train(TEXTS).write(file);
    byte[] half = Arrays.copyOf(file.toByteArray(), file.size() / 2);

    assertThatThrownBy(() -> Classifier.read(new ByteArrayInputStream(half)))
        .isInstanceOf(IOException.class);
  }

  private static LabelledText harmful(String text, Category category) {
    return new LabelledText(text, Set.of(category), Set.of());
  }

  private static LabelledText harmless(String text) {
    return new LabelledText(text, Set.of(), Set.of());
  }
}
