package dev.parley.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.platform.Form;
import dev.parley.settings.Setting;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids of buttons and forms come from outside: whoever makes one up changes nothing by it. */
class ForgeryTest {
  private static final List<String> VALUES =
      List.of("on", "off", "all", "precise", "short", "coder", "en", "5", "Staff=0", "default", "");

  @TempDir Path folder;

  @Test
  void noButtonFormOrCommandOfAnAdminDoesAnythingForOthers() throws InterruptedException {
    try (Bot bot = Bot.in(folder)) {
      Speaker cleo = bot.cleoInGroup();
      Speaker ada = bot.adaInGroup();
      Speaker bob = bot.bobInGroup();
      ada.asks("Why tides?");
      bob.asks("Why tides?");
      cleo.gives("settings", "setting", "answer-mode", "value", "all");
      cleo.pressesId("settings:around:messages-per-day:50");
      cleo.pressesId("access:block:2");
      List<Map<String, Object>> before = rights(bot);
      assertThat(before).hasSize(3);

      for (String id : ids()) {
        ada.pressesIdWhileBusy(id);
        for (String value : List.of("1", "on", "default")) {
          ada.fillsIn(new Form(id, "", List.of(new Form.Field("value", "", "", 500))), value);
        }
      }
      for (Setting<?> setting : Setting.ALL) {
        for (String value : VALUES) {
          ada.gives("settings", "setting", setting.key(), "value", value);
        }
      }
      ada.gives("settings", "setting", "reset");
      ada.gives("access", "action", "block", "person", "3");
      ada.gives("access", "action", "unblock", "person", "2");

      assertThat(rights(bot)).isEqualTo(before);
    }
  }

  private static List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (String scope : List.of("here", "around", "", "elsewhere")) {
      ids.add("settings:" + scope);
      ids.add("settings:" + scope + ":reset");
      ids.add("settings:" + scope + ":really-reset");
      for (Setting<?> setting : Setting.ALL) {
        ids.add("settings:" + scope + ":" + setting.key());
        VALUES.forEach(value -> ids.add("settings:" + scope + ":" + setting.key() + ":" + value));
      }
    }
    for (String person : List.of("1", "2", "3", "", Stores.GROUP.id())) {
      ids.add("access:block:" + person);
      ids.add("access:unblock:" + person);
    }
    ids.add("access:choose");
    long seed = 20_261_124;
    Random random = new Random(seed);
    List<String> words =
        List.of(
            "settings",
            "access",
            "here",
            "around",
            "reset",
            "really-reset",
            "answer-mode",
            "all",
            "block",
            "unblock",
            "2",
            "on",
            "default",
            "other",
            ":",
            "");
    for (int i = 0; i < 200; i++) {
      StringBuilder id = new StringBuilder(random.nextBoolean() ? "settings" : "access");
      for (int n = random.nextInt(6); n > 0; n--) {
        id.append(':').append(words.get(random.nextInt(words.size())));
      }
      ids.add(id.toString());
    }
    return ids;
  }

  /** Everything that only admins may change. */
  private static List<Map<String, Object>> rights(Bot bot) {
    return bot.stores.database.read(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT scope, id, key, value FROM setting
                    UNION ALL SELECT 'blocked', place, person, '' FROM blocked
                    ORDER BY 1, 2, 3
                    """)
                .mapToMap()
                .list());
  }
}
