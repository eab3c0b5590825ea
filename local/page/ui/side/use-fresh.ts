import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { ask, problemOf } from './ask';
import { onChange } from './changes';

export interface Fresh<Answer> {
  /** The last answer; undefined before the first. */
  readonly value: Answer | undefined;
  /** Why the last question was not answered. */
  readonly problem: string | undefined;
  /** An act's answer is newer than any that is still on its way. */
  readonly replace: (value: Answer) => void;
}

/** What `path` answers, asked for again after every change; a late answer never replaces a newer one. */
export function useFresh<Answer>(path: string): Fresh<Answer> {
  const [state, setState] = useState<{ path: string; value?: Answer; problem?: string }>({ path });
  const asked = useRef(0);
  const refresh = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    try {
      const value = await ask<Answer>(path);
      if (mine === asked.current) setState({ path, value });
    } catch (error) {
      const problem = problemOf(error);
      if (mine === asked.current) setState((before) => ({ ...before, path, problem }));
    }
  }, [path]);
  useEffect(() => {
    void refresh();
    const stop = onChange(() => void refresh());
    return () => {
      asked.current += 1;
      stop();
    };
  }, [refresh]);
  const replace = useCallback(
    (value: Answer) => {
      asked.current += 1;
      setState({ path, value });
    },
    [path],
  );
  // What another path answered is not an answer to this one.
  const current = state.path === path ? state : undefined;
  return { value: current?.value, problem: current?.problem, replace };
}
