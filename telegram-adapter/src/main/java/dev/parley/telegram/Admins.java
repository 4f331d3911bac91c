package dev.parley.telegram;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.platform.PlatformException;
import java.time.Duration;
import java.util.List;
import org.telegram.telegrambots.meta.api.methods.groupadministration.GetChatMember;

/** Who may manage a group, asked now and then. Thread-safe. */
final class Admins {
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final List<String> ADMINS = List.of("creator", "administrator");

  private final BotApi api;
  private final Cache<Member, Boolean> cache =
      Caffeine.newBuilder().expireAfterWrite(FRESH).maximumSize(10_000).build();

  private record Member(long chat, long user) {}

  Admins(BotApi api) {
    this.api = api;
  }

  /** False where Telegram does not tell, which is asked again the next time. */
  boolean manages(Chat chat, long user) {
    Member member = new Member(chat.id(), user);
    Boolean known = cache.getIfPresent(member);
    if (known != null) {
      return known;
    }
    try {
      boolean manages = ask(member);
      cache.put(member, manages);
      return manages;
    } catch (PlatformException e) {
      return false;
    }
  }

  private boolean ask(Member member) throws PlatformException {
    return ADMINS.contains(
        api.call(
                GetChatMember.builder()
                    .chatId(Long.toString(member.chat))
                    .userId(member.user)
                    .build())
            .getStatus());
  }
}
