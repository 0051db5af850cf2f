// Control v1 of Tipring. Made from the records of the contract; see docs/protocol/control-v1.md.
// Pass over messages whose type, and words of enumerations, that are not known here.

/** 1 to 64 of A-Z a-z 0-9 _ . : - */
export type Id = string;
/** `epoch:seq` */
export type Cursor = string;
/** Whole milliseconds. */
export type Millis = number;

/** What an exchange says. */
export interface To<Type extends string, Data> {
  id: Id;
  type: Type;
  /** RFC 3339, UTC, with milliseconds. */
  time: string;
  call: Id;
  /** The operation it is about. */
  ref?: Id;
  data: Data;
}

/** What happened; has its place among the events of the call. */
export interface Happened<Type extends string, Data> extends To<Type, Data> {
  seq: Cursor;
}

/** What an application says; `id` is its choice, another for each operation of a call. */
export interface From<Type extends string, Data> {
  id: Id;
  type: Type;
  data: Data;
}

export type ToApplication =
  | Happened<'call.created', CallCreated>
  | Happened<'call.changed', CallChanged>
  | Happened<'call.ended', CallEnded>
  | Happened<'leg.created', LegCreated>
  | Happened<'leg.changed', LegChanged>
  | Happened<'leg.ended', LegEnded>
  | Happened<'ivr.created', IvrCreated>
  | Happened<'ivr.changed', IvrChanged>
  | Happened<'ivr.ended', IvrEnded>
  | Happened<'digit.pressed', DigitPressed>
  | Happened<'operation.accepted', OperationAccepted>
  | Happened<'operation.progress', OperationProgress>
  | Happened<'operation.succeeded', OperationSucceeded>
  | Happened<'operation.failed', OperationFailed>
  | Happened<'operation.cancelled', OperationCancelled>
  | To<'session.started', SessionStarted>
  | To<'session.ended', SessionEnded>
  | To<'dropped', Dropped>
  | To<'rewound', Rewound>
  | To<'error', Error>;

export type FromApplication =
  | From<'ring', Ring>
  | From<'answer', Answer>
  | From<'reject', Reject>
  | From<'say', Say>
  | From<'play', Play>
  | From<'pause', Pause>
  | From<'gather', Gather>
  | From<'echo', Echo>
  | From<'send_digits', SendDigits>
  | From<'redirect', Redirect>
  | From<'cancel', Cancel>
  | From<'hang_up', HangUp>
  | From<'resume', Resume>;

export type Direction =
  | 'inbound'
  | 'outbound';

/** A call exists and waits for its application. `to` is the name or number that was dialled. */
export interface CallCreated {
  call: Id;
  direction: Direction;
  from: string;
  to: string;
}

export type CallState =
  | 'offered'
  | 'ringing'
  | 'answered';

export interface CallChanged {
  call: Id;
  state: CallState;
}

/** Why a leg or call ended, and who ended it; mapped once to SIP status and Q.850 cause (RFC 3326, RFC 3398 §7.2.4). */
export type EndReason =
  | 'caller_hung_up'
  | 'caller_cancelled'
  | 'app_hung_up'
  | 'app_rejected'
  | 'no_application'
  | 'app_did_not_answer'
  | 'app_unreachable'
  | 'app_lost'
  | 'not_acceptable'
  | 'not_confirmed'
  | 'session_expired'
  | 'media_lost'
  | 'peer_lost'
  | 'too_long'
  | 'overloaded'
  | 'shutting_down'
  | 'internal_error';

/** The last event of a call. */
export interface CallEnded {
  call: Id;
  reason: EndReason;
}

export interface LegCreated {
  leg: Id;
  direction: Direction;
  from: string;
  to: string;
}

export type LegState =
  | 'offered'
  | 'ringing'
  | 'answered'
  | 'held';

export interface LegChanged {
  leg: Id;
  state: LegState;
}

export interface LegEnded {
  leg: Id;
  reason: EndReason;
}

/** A gather has begun. */
export interface IvrCreated {
  ivr: Id;
  leg: Id;
  operation: Id;
}

export type IvrState =
  | 'prompting'
  | 'listening';

/** It listens now, or has heard another key. */
export interface IvrChanged {
  ivr: Id;
  state: IvrState;
  /** so far */
  digits: string;
  sensitive: boolean;
}

/** Why a gather waits for no more keys. */
export type GatherEnd =
  | 'finish_key'
  | 'max_digits'
  | 'inter_digit_timeout'
  | 'timeout'
  | 'no_input'
  | 'cancelled'
  | 'leg_ended'
  | 'failed';

export interface IvrEnded {
  ivr: Id;
  digits: string;
  reason: GatherEnd;
  sensitive: boolean;
}

export type DigitMethod =
  | 'rtp_event'
  | 'sip_info'
  | 'in_band';

/** One key, however it came. Told when the key is known to have been released. */
export interface DigitPressed {
  leg: Id;
  /** one of `0-9*#A-D`; `***` for everybody but the application when `sensitive` */
  digit: string;
  method: DigitMethod;
  duration: Millis;
  /** a sensitive gather awaits it, or it is typed ahead, when nobody knows yet what for */
  sensitive: boolean;
}

export interface OperationAccepted {
  operation: Id;
}

/** How far an operation that sounds has come. */
export type Stage =
  | 'preparing'
  | 'playing';

/** It has come so far. */
export interface OperationProgress {
  operation: Id;
  stage: Stage;
}

/** It is done, and there is nothing more to say. */
export interface Done {
  type: 'done';
}

/** Sound was played. */
export interface Played {
  type: 'played';
  /** how much of it was sent to the caller, in media time */
  played: Millis;
}

/** Keys were gathered, perhaps none: `reason` tells why no more are awaited. */
export interface Gathered {
  type: 'gathered';
  ivr: Id;
  /** without the key that finished them; `***` for everybody but the application when `sensitive` */
  digits: string;
  reason: GatherEnd;
  sensitive: boolean;
}

/** What an operation that succeeded came to. */
export type Outcome = Done | Played | Gathered;

export interface OperationSucceeded {
  operation: Id;
  outcome: Outcome;
}

/** Why an operation was refused or failed. */
export type Refusal =
  | 'wrong_state'
  | 'unknown_leg'
  | 'unknown_operation'
  | 'unknown_application'
  | 'too_many'
  | 'bad_parameter'
  | 'not_found'
  | 'too_large'
  | 'bad_sound'
  | 'fetch_failed'
  | 'speech_failed'
  | 'timed_out'
  | 'leg_ended';

/** It was refused (nothing was accepted before), or it failed. */
export interface OperationFailed {
  operation: Id;
  refusal: Refusal;
  /** what to do about it */
  hint: string;
}

/** Who or what ended an operation before its end. */
export type CancelReason =
  | 'asked'
  | 'replaced'
  | 'barged_in'
  | 'redirected';

/** Somebody ended it before its end. */
export interface OperationCancelled {
  operation: Id;
  reason: CancelReason;
  /** of what sounds: how much of it the caller was sent, by the clock (to a few hundredths of a second) */
  played?: Millis;
}

/** Why a connection is made. */
export type StartReason =
  | 'call'
  | 'resumed'
  | 'redirected'
  | 'fallback';

/** One of its legs, in the order they came. */
export interface LegSnapshot {
  leg: Id;
  direction: Direction;
  state: LegState;
}

/** A call as it is when a session with its application begins or is taken up again. */
export interface CallSnapshot {
  call: Id;
  direction: Direction;
  /** the caller's own name or number, as claimed */
  from: string;
  /** the name or number that was dialled */
  to: string;
  state: CallState;
  legs: LegSnapshot[];
  /** those in progress */
  operations: Id[];
}

/** What is admitted on a connection. */
export interface Bounds {
  /** the longest message */
  message_bytes: number;
  /** in progress per call */
  operations: number;
}

/** The first word on every connection. */
export interface SessionStarted {
  session: Id;
  reason: StartReason;
  call: CallSnapshot;
  /** the last event so far; on a session taken up again, `resume` with an earlier one brings those between */
  at: Cursor;
  /** by then the application must have asked for something (or, on a session taken up again, have said where it wants to go on) */
  answer_within: Millis;
  bounds: Bounds;
}

/** Why a session is over; the WebSocket close code follows from it. */
export type CloseReason =
  | 'call_ended'
  | 'redirected'
  | 'going_away'
  | 'not_understood'
  | 'binary'
  | 'did_not_answer'
  | 'slow'
  | 'superseded'
  | 'too_many_errors'
  | 'too_large';

/** The last word; the connection is closed after it. */
export interface SessionEnded {
  session: Id;
  reason: CloseReason;
}

/** So many events were left out here: the application did not read, or came back too late. */
export interface Dropped {
  events: number;
}

/** What `resume` asked for lies beyond what this exchange knows; it goes on from `to`. */
export interface Rewound {
  to: Cursor;
}

/** What is wrong with a message. */
export type ErrorCode =
  | 'not_json'
  | 'not_an_envelope'
  | 'missing_member'
  | 'bad_member'
  | 'bad_id'
  | 'too_deep'
  | 'bad_cursor'
  | 'duplicate_id'
  | 'not_now';

/** A message could not be understood, and nothing was done about it. The session goes on. */
export interface Error {
  code: ErrorCode;
  message: string;
  /** what to do about it */
  hint: string;
}

/** Tell the caller that the phone rings (180). */
export interface Ring {
  leg?: Id;
}

/** Pick up. Succeeds when the caller has confirmed it. */
export interface Answer {
  leg?: Id;
}

/** Refuse a call that is not answered yet. */
export interface Reject {
  leg?: Id;
  /** SIP status 400..699 Left out: `603`. */
  status?: number;
}

/** Speak text. Succeeds with `played` when its last sample was sent. */
export interface Say {
  leg?: Id;
  /** at most 3,000 characters; an empty one succeeds at once */
  text: string;
  /** a voice of the speech engine; empty means the configured one */
  voice?: string;
  /** BCP 47 tag such as `en-US`; empty means the configured one */
  language?: string;
  /** nobody but the application and the caller learns the text Left out: `false`. */
  sensitive?: boolean;
  /** end what the leg hears now Left out: `false`. */
  replace?: boolean;
}

/** Play sounds, one after the other. Succeeds with `played` when the last sample was sent. A URL is `https://...` or `http://...` (a WAV file), `file:NAME` (a WAV file in the sounds folder), `tone:HERTZ` or `tone:SIGNAL` with SIGNAL one of `dial`, `ringback`, `busy`, `congestion` and a country after it if wanted (`tone:busy;country=de`), or `keys:DIGITS` (the tones of keys, for a person to hear). A plain tone sounds until it is ended. */
export interface Play {
  leg?: Id;
  /** one to sixteen Left out: `[]`. */
  urls?: string[];
  /** how often all of them are played; 0 is until cancelled Left out: `1`. */
  loop?: number;
  /** where in the first sound to begin, in media time Left out: `0`. */
  from?: Millis;
  /** end what the leg hears now Left out: `false`. */
  replace?: boolean;
}

/** Let the leg hear nothing for a while. */
export interface Pause {
  leg?: Id;
  /** at most ten minutes */
  duration: Millis;
  /** end what the leg hears now Left out: `false`. */
  replace?: boolean;
}

/** How many keys are awaited, and how long. */
export interface Digits {
  /** fewer are returned only when the time is over; 1..max Left out: `1`. */
  min?: number;
  /** so many, and no more is awaited; 1..64 Left out: `1`. */
  max?: number;
  /** one of `0-9*#A-D` that ends the entry and is no part of it; empty for none Left out: `"#"`. */
  finish_on_key?: string;
  /** for the first key, and until there are `min`; counted from the end of the prompt Left out: `15000`. */
  timeout?: Millis;
  /** for each further key once there are `min` Left out: `3000`. */
  inter_digit_timeout?: Millis;
}

/** Text that is spoken. */
export interface Speech {
  type: 'speech';
  /** at most 3,000 characters */
  text: string;
  /** a voice of the speech engine; empty means the configured one */
  voice?: string;
  /** BCP 47 tag such as `en-US`; empty means the configured one */
  language?: string;
}

/** Sound that is played; see `play` for what a URL may be. */
export interface Sound {
  type: 'sound';
  url: string;
}

/** Nothing to hear for a while. */
export interface Silence {
  type: 'silence';
  /** at most one minute */
  duration: Millis;
}

/** A piece of what a `gather` lets the caller hear before it waits for keys. */
export type Prompt = Speech | Sound | Silence;

/** Collect keys, perhaps after a prompt. Makes an `ivr` resource, and succeeds with `gathered` also when time runs out: its `reason` says so. */
export interface Gather {
  leg?: Id;
  /** what is awaited */
  digits: Digits;
  /** what the caller hears first Left out: `[]`. */
  prompt?: Prompt[];
  /** the first key ends the prompt, and what else the leg hears then Left out: `true`. */
  barge_in?: boolean;
  /** nobody but the application learns the keys Left out: `false`. */
  sensitive?: boolean;
  /** end the gather that is in progress on the leg Left out: `false`. */
  replace?: boolean;
  /** take the keys that were pressed before it; `false` forgets them Left out: `true`. */
  type_ahead?: boolean;
}

/** Send the leg's own sound back to it until cancelled or replaced. */
export interface Echo {
  leg?: Id;
  /** end what the leg hears now Left out: `false`. */
  replace?: boolean;
}

/** Press keys towards the other side. */
export interface SendDigits {
  leg?: Id;
  /** 1 to 64 of `0-9*#A-D`; `,` pauses half a second */
  digits: string;
  /** nobody but the application and the other side learns them Left out: `false`. */
  sensitive?: boolean;
  /** end what the leg hears now Left out: `false`. */
  replace?: boolean;
}

/** Hand the call to another application. What is in progress ends as cancelled, and this session ends. */
export interface Redirect {
  /** its name in the configuration */
  application: string;
}

/** End an operation that is in progress, by its id. Succeeds when that one has ended, however. */
export interface Cancel {
  ref: Id;
}

/** End the leg: BYE, or 603 when it was not answered. */
export interface HangUp {
  leg?: Id;
}

/** Wants the events after `after` again, and then all that follow. */
export interface Resume {
  after: Cursor;
}
