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

  /** False where Telegram does not tell. */
  boolean manages(Chat chat, long user) {
    return cache.get(new Member(chat.id(), user), this::ask);
  }

  private boolean ask(Member member) {
    try {
      return ADMINS.contains(
          api.call(
                  GetChatMember.builder()
                      .chatId(Long.toString(member.chat))
                      .userId(member.user)
                      .build())
              .getStatus());
    } catch (PlatformException e) {
      return false;
    }
  }
}
