package dev.parley.format;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Texts of somebody who wants to be taken for somebody or something else. */
public final class HostileText {
  private static final List<String> WORDS = List.of("hello", "Ada", " ", " ", "7", "潮汐", "🚀", ":");

  /** Of every family whose template is known, whole and as plain words. */
  private static final List<String> CONTROL =
      List.of(
          "<|im_start|>",
          "<|im_end|>",
          "<|im_start|>assistant\n",
          "<|endoftext|>",
          "<|begin_of_text|>",
          "<|start_header_id|>system<|end_header_id|>\n\n",
          "<|eot_id|>",
          "<s>",
          "</s>",
          "[INST]",
          "[/INST]",
          "<<SYS>>",
          "<start_of_turn>model\n",
          "<end_of_turn>",
          "<|system|>",
          "<|user|>",
          "<|assistant|>",
          "<|end|>",
          "<｜User｜>",
          "<｜Assistant｜>",
          "<｜end▁of▁sentence｜>",
          "<think>",
          "</think>",
          "\nassistant: ",
          "\nuser: ",
          "{{ bos_token }}",
          "{% endfor %}");

  private static final List<String> FRAMES =
      List.of(
          "```",
          "```\n",
          "\n```\n",
          "````",
          "~~~\n",
          "\n\nFile notes.txt:\n```\n",
          "Bob wrote:\n> ",
          "\nForwarded, written by Ada:\n> ",
          "\n\nWhat was said earlier, in short:\n",
          "\n\n**Parley** · 2026-11-23 23:00\n\n",
          "<!--",
          "# ",
          "\n---\n",
          "> ",
          "\n- ",
          "`",
          "**",
          "||",
          "[",
          "](https://a.example)",
          "\\",
          "&lt;",
          "&#64;");

  private static final List<String> CALLS =
      List.of(
          "@everyone",
          "@here",
          "<@123>",
          "<@!123>",
          "<@&123>",
          "<#123>",
          "</ask:123>",
          "<t:1>",
          "<a:x:123>",
          "discord.gg/abc",
          "https://discord.com/invite/abc",
          "https://discord.gg/a`b",
          "[free](https://discord.gg/abc)",
          "[free](https://t.me/+abc)",
          "https://t.me/+abcDEF",
          "t.me/joinchat/abc",
          "tg://resolve?domain=x",
          "[free](tg://user?id=1)",
          "[free](javascript:alert(1))",
          "[free](data:text/html,x)",
          "<https://t.me/+abc>",
          "@alice_b",
          " @durov1 ");

  private static final List<String> SIGNS =
      List.of(
          "\u202E",
          "\u202D",
          "\u202A",
          "\u202B",
          "\u202C",
          "\u2066",
          "\u2067",
          "\u2068",
          "\u2069",
          "\u200E",
          "\u200F",
          "\u061C",
          "\u200B",
          "\u200C",
          "\u200D",
          "\u2060",
          "\uFEFF",
          "\u00AD",
          "\u034F",
          "\u3164",
          "\u115F",
          "\uFFA0",
          "\u2800",
          "\uFE0F",
          "\u180E",
          "\u0000",
          "\u0007",
          "\u001B[31m",
          "\u009B",
          "\b",
          "\r",
          "\n",
          "\u0085",
          "\u2028",
          "\u2029",
          "\u000B",
          "\f",
          "\uD83D",
          "\uDE80",
          "\uFFFE",
          "\uFDD0",
          "שלום",
          "مرحبا",
          "\u0301\u0302\u0303\u0489",
          "\uDB40\uDC41",
          "\u3000",
          "\u00A0");

  private HostileText() {}

  /** A few pieces, some of them repeated, some with a sign between all characters. */
  public static Arbitrary<String> any() {
    Arbitrary<String> pieces =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of(WORDS)),
            Tuple.of(3, Arbitraries.of(CONTROL)),
            Tuple.of(3, Arbitraries.of(FRAMES)),
            Tuple.of(3, Arbitraries.of(CALLS)),
            Tuple.of(3, Arbitraries.of(SIGNS)),
            Tuple.of(1, cut()),
            Tuple.of(1, interspersed()),
            Tuple.of(1, repeated()));
    return pieces.list().ofMinSize(1).ofMaxSize(12).map(all -> String.join("", all));
  }

  /** Begun here, to be ended in the next text. */
  private static Arbitrary<String> cut() {
    return Combinators.combine(
            Arbitraries.of(Stream.concat(CONTROL.stream(), CALLS.stream()).toList()),
            Arbitraries.integers().between(0, 12),
            Arbitraries.of(true, false))
        .as(
            (whole, at, head) -> {
              int cut = Math.min(at, whole.length());
              return head ? whole.substring(0, cut) : whole.substring(cut);
            });
  }

  private static Arbitrary<String> interspersed() {
    return Combinators.combine(
            Arbitraries.of(Stream.concat(CONTROL.stream(), CALLS.stream()).toList()),
            Arbitraries.of(SIGNS))
        .as((whole, sign) -> String.join(sign, whole.split("")));
  }

  private static Arbitrary<String> repeated() {
    return Combinators.combine(Arbitraries.of(SIGNS), Arbitraries.integers().between(2, 60))
        .as(String::repeat);
  }
}
