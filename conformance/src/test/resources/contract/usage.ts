// What an application's developer would write, for the compiler to judge.
import type { FromApplication, ToApplication } from './control-v1';

export function answer(message: ToApplication): FromApplication | undefined {
  switch (message.type) {
    case 'session.started':
      return { id: 'a1', type: 'gather', data: { digits: { max: 4 }, prompt: [{ type: 'speech', text: message.data.call.from }] } };
    case 'operation.succeeded':
      return message.data.outcome.type === 'gathered'
        ? { id: 'a2', type: 'say', data: { text: message.data.outcome.digits + message.seq } }
        : undefined;
    case 'error':
      // @ts-expect-error a notice has no place among the events
      message.seq;
      return undefined;
    default:
      return undefined;
  }
}

// @ts-expect-error `text` must be there
export const bad: FromApplication = { id: 'a3', type: 'say', data: {} };
