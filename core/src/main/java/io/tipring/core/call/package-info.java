/// Calls, and what applications do with them. Read it from the outside in:
///
/// - what others implement or use: [Application], [Attendant], [CallLine], [Directory], [Sounds],
///   [Signalling], [LegEvent], [LegCommand], [CallLimits];
/// - who serves: [Exchange] finds the `Desk` of a call, which carries out what each turn of its
///   `Call` asks for (`Effect`), numbers its events and seats its application (`Seat`);
/// - from a wish to its end: `Admission` judges an operation (`Beginning`), `InFlight` keeps what
///   has begun (`OperationRun`) in the two queues of its leg (`LegQueues`), tells it what concerns
///   it (`RunInput`) and hears what that means (`Verdict`);
/// - one `*Run` per operation; those that sound share `Sounding`.
@NullMarked
package io.tipring.core.call;

import org.jspecify.annotations.NullMarked;
