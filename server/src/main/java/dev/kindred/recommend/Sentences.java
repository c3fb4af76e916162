package dev.kindred.recommend;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;

/** Reasons as sentences for people, from a catalogue of messages that can be translated. */
final class Sentences {
  private static final ResourceBundle CATALOGUE =
      ResourceBundle.getBundle("dev.kindred.recommend.sentences", Locale.ENGLISH);

  private Sentences() {}

  static String of(Reason reason, int takers) {
    return format(reason.word(), "", takers);
  }

  /**
   * @param name what people call the thing with which the user did most for the item
   */
  static String ofWhatWasDone(Reason reason, String name, int takers) {
    return format(reason.word() + ".because", name, takers);
  }

  /**
   * @param name what people call the thing that is being looked at, if it gave anything
   */
  static String ofWhatIsLookedAt(Reason reason, Optional<String> name, int takers) {
    String key = reason.word() + ".seen";
    return name.isPresent() && CATALOGUE.containsKey(key)
        ? format(key, name.get(), takers)
        : of(reason, takers);
  }

  private static String format(String key, String name, int takers) {
    return new MessageFormat(CATALOGUE.getString(key), Locale.ENGLISH)
        .format(new Object[] {name, takers});
  }
}
