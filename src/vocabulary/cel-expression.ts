import { quoted } from './quoted';

/** A text in CEL: with prefix r without escapes, in one or three quotes of either sort. */
const LITERALS =
  /[rR]("""[^]*?"""|'''[^]*?'''|"[^"\n]*"|'[^'\n]*')|"""(\\[^]|[^\\])*?"""|'''(\\[^]|[^\\])*?'''|"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])*'/g;
const COMMENTS = /\/\/[^\n]*/g;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029]/;
const CLOSES: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/**
 * Returns `expression` when it may be CEL; throws on what certainly is none. Flux reads it only when it is applied, and then
 * stalls, or waits until the timeout.
 */
export function requireCelExpression(what: string, expression: string): string {
  const fault = faultOf(expression);
  if (fault) {
    throw new Error(
      `${what} must be an expression in CEL, such as "status.phase == 'Ready'", but ${fault}: ${quoted(expression)}`,
    );
  }
  return expression;
}

function faultOf(expression: string): string | undefined {
  if (CONTROL.test(expression)) {
    return 'holds a control character';
  }
  const code = expression.replace(LITERALS, 'text').replace(COMMENTS, '');
  if (code.trim() === '') {
    return 'is empty';
  }
  if (/['"]/.test(code)) {
    return 'has a quote that does not end';
  }
  if (/(^|[^=!<>])=([^=]|$)/.test(code)) {
    return "has '=' where '==' compares";
  }
  const stranger = /[@$#;~^]/.exec(code);
  if (stranger) {
    return `has '${stranger[0]}', which CEL does not know`;
  }
  return isBalanced(code) ? undefined : 'has a bracket without its other half';
}

function isBalanced(code: string): boolean {
  const open: string[] = [];
  for (const bracket of code.match(/[()[\]{}]/g) ?? []) {
    if (!(bracket in CLOSES)) {
      open.push(bracket);
    } else if (open.pop() !== CLOSES[bracket]) {
      return false;
    }
  }
  return open.length === 0;
}
