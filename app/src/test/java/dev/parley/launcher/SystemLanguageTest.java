package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemLanguageTest {
  @ParameterizedTest
  @CsvSource({
    "zh_TW.UTF-8, zh-TW",
    "zh_TW, zh-TW",
    "zh_CN.GB18030, zh-CN",
    "zh_HK, zh-HK",
    "zh_SG.utf8, zh-SG",
    "zh, zh",
    "en_US.UTF-8, en-US",
    "de_DE@euro, de-DE",
    "de_DE.UTF-8@euro, de-DE",
  })
  void aLocaleIsUnderstoodWhetherOrNotTheSystemHasIt(String value, String language) {
    assertThat(SystemLanguage.of(value)).contains(Locale.forLanguageTag(language));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "C.UTF-8", "POSIX", "/usr/share/i18n/mine", ".UTF-8"})
  void whatNamesNoLanguageSaysNothing(String value) {
    assertThat(SystemLanguage.of(value)).isEmpty();
  }
}
