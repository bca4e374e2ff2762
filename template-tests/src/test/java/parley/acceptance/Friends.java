package parley.acceptance;

/** Two friends and their conversation. */
record Friends(Person ann, Person ben, String conversation) {
  static Friends meet(Chat chat) {
    Person ann = Person.register(chat, "Ann");
    Person ben = Person.register(chat, "Ben");
    ann.befriend(ben);
    return new Friends(ann, ben, ann.converse(ben));
  }

  /** The same friends with new tokens. */
  Friends refreshed() {
    return new Friends(ann.refreshed(), ben.refreshed(), conversation);
  }

  Chat chat() {
    return ann.chat();
  }
}
