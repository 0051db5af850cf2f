/// What is said between an exchange and an application: operations, events, outcomes, ids. No
/// dependency; shared by `core`, `edge`, built-in applications, games and clients.
@org.jspecify.annotations.NullMarked
module io.tipring.api {
  requires static org.jspecify;

  exports io.tipring.api;
  exports io.tipring.api.control;
  exports io.tipring.api.script;
}
