package dev.parley.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.ChatMessage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates come with model files from strangers. */
class HostileTemplateTest {
  private static final String FOUR_LOOPS =
      "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}"
          + "{% for d in range(1000) %}BODY{% endfor %}{% endfor %}{% endfor %}{% endfor %}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{{ '' }}",
        "{% set x = 1 %}",
        "{% set x = list.append('a' ~ a ~ b ~ c ~ d) %}",
        "{% if raise_exception('no') %}{% endif %}"
      })
  void loopsWithoutEndAreEnded(String body) {
    assertRefused("{% set list = [] %}" + FOUR_LOOPS.replace("BODY", body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% set s = namespace(x='aaaaaaaaaa') %}{% for i in range(100) %}{% set s.x = s.x ~ s.x %}"
            + "{% endfor %}{{ s.x|length }}",
        "{{ '%1000000000d'|format(1) }}",
        "{{ 'a'|center(2000000000) }}",
        "{{ ['a', 'b']|map('center', 2000000000) }}",
        "{{ 'a'|indent(2000000000, true) }}",
        "{{ 'a'.repeat(2000000000) }}",
        "{{ 'a'.indent(2000000000) }}",
        "{{ '%1000000000d'.formatted(1) }}",
        "{{ ''.format('%1000000000d', 1) }}",
        "{% for i in range(1000) %}{% for j in range(1000) %}a line of text{% endfor %}{% endfor %}"
            + "{% for i in range(1000) %}{% for j in range(1000) %}a line of text{% endfor %}"
            + "{% endfor %}",
      })
  void textWithoutEndIsRefused(String source) {
    assertRefused(source);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{% if true %}", "{{ [", "{{ (", "{{ not "})
  void nestingWithoutEndIsRefused(String piece) {
    String source = piece.repeat(100_000);

    try {
      assertThat(render(source).length()).isLessThanOrEqualTo(2 * source.length());
    } catch (TemplateException e) {
      assertOneSentence(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ____int3rpr3t3r____.getContext() }}",
        "{{ ____int3rpr3t3r____.getConfig() }}",
        "{{ ____int3rpr3t3r____.render('{{ 1 }}') }}",
        "{{ ''.getClass() }}",
        "{{ messages.getClass().forName('java.lang.Runtime') }}",
        "{{ messages[0].getClass().getClassLoader() }}",
        "{% include 'logback.xml' %}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}{{ x }}",
        "{% from '/etc/passwd' import x %}{{ x }}",
        "{% extends '/etc/passwd' %}",
      })
  void nothingOfTheMachineCanBeReached(String source) {
    assertRefused(source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "____int3rpr3t3r____.context",
        "____int3rpr3t3r____.config",
        "____int3rpr3t3r____.resourceLocator",
        "''.class",
        "''['class']",
        "''|attr('class')",
        "messages.class",
        "raise_exception.class",
        "[].class.forName('java.lang.Runtime')"
      })
  void classesAndTheInterpreterHaveNoProperties(String expression) {
    assertThat(render("{{ " + expression + " }}")).isEmpty();
  }

  @Test
  void aRefusalInTheTemplatesOwnWordsIsShown() {
    assertThatThrownBy(() -> render("{{ raise_exception('roles must\nalternate') }}"))
        .hasMessage("The model's chat template does not take these messages: roles must alternate");
  }

  @Test
  void aLongRefusalIsCut() {
    assertRefused("{{ raise_exception('" + "x".repeat(100_000) + "') }}");
  }

  private static void assertRefused(String source) {
    assertThatThrownBy(() -> render(source))
        .isInstanceOfSatisfying(TemplateException.class, HostileTemplateTest::assertOneSentence);
  }

  private static void assertOneSentence(TemplateException e) {
    assertThat(e.getMessage())
        .startsWith("The model's chat template does not take these messages: ")
        .doesNotContain("\n")
        .hasSizeLessThan(300);
  }

  private static String render(String source) {
    return ChatTemplate.of(source, Map.of()).render(List.of(ChatMessage.user("Hi")), true);
  }
}
