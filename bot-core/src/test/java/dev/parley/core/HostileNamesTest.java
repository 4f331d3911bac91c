package dev.parley.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.format.FormattedText;
import dev.parley.format.HostileText;
import dev.parley.format.Markdown;
import dev.parley.platform.Form;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Through all the commands: names and titles are data in whatever Parley says of them. */
class HostileNamesTest {
  @Provide
  Arbitrary<String> hostile() {
    return HostileText.any();
  }

  @Property(tries = 8)
  void whatParleySaysHasItsOwnLinesAndStyles(
      @ForAll("hostile") String name, @ForAll("hostile") String text)
      throws IOException, InterruptedException {
    List<FormattedText> hostile = said(name, text);
    List<FormattedText> harmless = said("Zoe", "Why");

    for (int i = 0; i < harmless.size(); i++) {
      FormattedText is = hostile.get(i);
      FormattedText should = harmless.get(i);
      assertThat(is.spans()).as(is.text()).hasSameSizeAs(should.spans());
      assertThat(is.text().lines()).as(is.text()).hasSameSizeAs(should.text().lines().toList());
      assertThat(is.text()).doesNotContainPattern("[\\p{Cc}&&[^\n]]|[\u202A-\u202E\u2066\u2067]");
    }
  }

  /** What is answered to somebody with a name, who asks something and calls a conversation so. */
  private static List<FormattedText> said(String name, String text)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("names");
    try (Bot bot = Bot.in(folder)) {
      Speaker somebody =
          new Speaker(
              bot,
              new Person(new PersonId("telegram", "9"), name, Locale.ENGLISH, false),
              Bot.GROUP);
      Speaker cleo = bot.cleoInGroup();
      Response greeting = somebody.gives("start");
      somebody.asks("x" + text + "x");
      Response list = somebody.gives("history");
      Response chosen = somebody.pressesId("history:choose:1");
      Response renamed =
          somebody.fillsIn(
              new Form("history:rename:1", "", List.of(new Form.Field("title", "", "", 80))),
              "x" + name);
      Response again = somebody.gives("history");
      Response found = somebody.gives("history", "search", "zzz" + text.replaceAll("\\s", ""));
      Response blocked = cleo.gives("access", "action", "block", "person", "9");
      Response panel = cleo.gives("access");
      Response undone = somebody.gives("undo");
      return Stream.of(greeting, list, chosen, renamed, again, found, blocked, panel, undone)
          .map(response -> Markdown.format(response.text()))
          .toList();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
