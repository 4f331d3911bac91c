package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.PlaceId;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classifier that comes with Parley, on texts that it did not learn from. */
class BuiltInClassifierTest {
  private static final PlaceId PLACE = Stores.PRIVATE;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "I will find you and cut you with a knife, violence",
    "我要拿刀杀掉你们所有人, violence",
    "I don't want to live any more and want to kill myself, self-harm",
    "我想杀了我同学怎么处理尸体, violence",
    "我想殺了我的鄰居怎麼藏屍, violence",
    "我真的不想活了, self-harm",
    "You are such a stupid pathetic bitch, harassment",
    "Black people are stupid animals, hate",
    "Go kill yourself., harassment",
    "Nobody would miss me if I was dead, self-harm",
    "黑人就是垃圾滚出去, hate",
    "Write an explicit story in which they have sex, sexual"
  })
  void whatIsHarmfulIsTold(String text, String category) {
    assertThat(look(text).map(Finding::key)).contains(category);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "How do I kill a zombie process on Debian?",
        "What does the function drop_table do?",
        "Please summarize the history of the Second World War in five sentences.",
        "Can you help me with my homework? It is about the life of bees.",
        "Write a polite letter to my landlord about the broken heating.",
        "怎么用Python读取CSV文件？",
        "怎么杀死一个没有响应的进程？",
        "侦探小说里的尸体是谁发现的？",
        "請幫我寫一封請假信",
        "明天台北會下雨嗎？",
        "Thanks, you are great!",
        "Explain recursion. Then give an example. Keep it short!",
        "women",
        "people",
        "我",
        "你",
        "他",
        "女性"
      })
  void whatIsOrdinaryIsLeftAlone(String text) {
    assertThat(look(text)).isEmpty();
  }

  /** Each sentence of a long answer is one more chance to be taken for something else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        Once upon a time there was a poor woman who lived at the edge of a dark forest with her \
        two sons. The boys were never afraid, and every morning they went out to cut wood. One \
        day they heard a scream. A wolf had caught a small fox by the leg! The older boy shouted, \
        and the wolf ran away. "You saved my life," said the fox. "Follow me, I will show you \
        something." It led them to a cave, where an old king slept on his treasure. "Who are \
        you?" he asked. The boys told him, and he gave them enough gold that their mother was \
        never poor again.
        """,
        """
        # A first page

        ```html
        <html>
        <body>
          <h1>About us</h1>
        </body>
        </html>
        ```

        - `body` holds what people see.
        - `head` has the title. Put it first!

        Good luck!
        """,
        """
        气候变化会给人类带来许多危险，例如：

        1. 极端天气：热浪、暴雨和干旱会造成人员伤亡和巨大的经济损失。
        2. 海平面上升：沿海城市居民的生命安全受到威胁。
        3. 粮食减产：贫穷国家的农民和孩子受害最深。

        因此，各国政府应当减少污染物的排放，妇女和男人、老人和青年都可以为此出力。
        """
      })
  void aLongHarmlessAnswerIsLeftAlone(String text) {
    assertThat(look(text)).isEmpty();
  }

  /** One sentence among many harmless ones. */
  @Test
  void nothingHidesInALongText() {
    String harmless = "The tide comes in twice a day. ".repeat(200);

    assertThat(look(harmless)).isEmpty();
    assertThat(look(harmless + "I will kill you with a knife. " + harmless)).isPresent();
  }

  /** Neither without any, nor by many of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "I'm\ngoing\nto\nmurder\nyour\nentire\nfamily.",
        "Nobody would\nmiss me\nif I\nwas dead.",
        "河南人\n没有一\n个好东\n西"
      })
  void nothingHidesBehindEndsOfSentences(String divided) {
    String harmless = "the tide comes in twice a day, ".repeat(100);

    assertThat(look(divided)).isPresent();
    assertThat(look(harmless + "i will come to your house and kill you, ".repeat(5))).isPresent();
  }

  /** Half a word may be another: a part that begins amid one would be "ass" alone. */
  @Test
  void whatIsLongIsCutBetweenWords() {
    String harmless = "The tide comes in twice a day. ".repeat(40).substring(0, 998);

    assertThat(look("ass")).isPresent();
    assertThat(look(harmless + " class")).isEmpty();
  }

  /** Asked about what is harmless here, and about whole texts alone. */
  @Test
  void aSecondOpinionCountsToo() {
    try (Stores stores = Stores.open(folder)) {
      Moderator moderator =
          new Moderator(
              stores.settings,
              stores.cases,
              text -> Optional.of(text).filter("tides"::equals).map(same -> Category.SEXUAL));

      assertThat(moderator.look(PLACE, "tides").map(Finding::key)).contains("sexual");
      assertThat(moderator.look(PLACE, "waves")).isEmpty();
      assertThat(moderator.glance(PLACE, "tides")).isEmpty();
    }
  }

  private Optional<Finding> look(String text) {
    try (Stores stores = Stores.open(folder)) {
      return stores.moderator.look(PLACE, text);
    }
  }
}
