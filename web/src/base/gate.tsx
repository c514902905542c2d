/*
 * Before the app: signing in, and the first or forgotten password by a one-time code from the unit officer.
 * No e-mail, no text message, no puzzle; pasting is welcome. In a demo the sample accounts are listed and
 * fill the form with one tap; in any other store the server lists none.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, ask, asFailure, type Failure, type Schema } from './api';
import { setDemo } from './clock';
import { Banner, Button, Card, Field, focusFirstFault, ListRow, PasswordField, SelectField, TextField } from './components';
import { Mark } from './icons';
import { recall, remember } from './memory';
import { session, signIn } from './session';
import { NetChip } from './shell';
import { failureText, words } from './words';
import { wordOf } from './i18n';

const NIP_DIGITS = 18;
const PASSWORD_MIN = 12;

interface Form {
  government: string;
  nip: string;
  password: string;
  code: string;
}
type Faults = Partial<Record<keyof Form, string>>;

const digits = (nip: string) => nip.replace(/\s/g, '');

function checkForm(form: Form, needsCode: boolean): Faults {
  const t = words();
  const faults: Faults = {};
  if (!form.government) faults.government = t.needGovernment;
  if (!/^\d+$/.test(digits(form.nip)) || digits(form.nip).length !== NIP_DIGITS) faults.nip = t.needNip;
  if (needsCode && !form.code.trim()) faults.code = t.needCode;
  if (!form.password) faults.password = needsCode ? t.needStrong : t.needPassword;
  else if (needsCode && form.password.length < PASSWORD_MIN) faults.password = t.needStrong;
  return faults;
}

function sentence(failure: Failure): string {
  return failure.code === 'throttled' && failure.retrySeconds
    ? words().waitSeconds(failure.retrySeconds)
    : failureText(failure.code);
}

interface Entrance {
  governments: readonly Schema['GovernmentChoice'][];
  logins: readonly Schema['DemoLogin'][];
  failure?: Failure;
}

/** The choices of the gate: governments, and the sample accounts of a demo. */
function useEntrance(): [Entrance, () => void] {
  const [entrance, set] = useState<Entrance>({ governments: [], logins: [] });
  const load = async () => {
    try {
      const [list, demo] = await Promise.all([
        ask(api.GET('/api/v1/governments')),
        ask(api.GET('/api/v1/demo')),
      ]);
      setDemo(demo.is_demo);
      set({ governments: list.items, logins: demo.logins });
    } catch (error) {
      set((e) => ({ ...e, failure: asFailure(error) }));
    }
  };
  useEffect(() => void load(), []);
  return [entrance, () => void load()];
}

function DemoAccounts({ logins, onPick }: {
  logins: Entrance['logins'];
  onPick: (login: Schema['DemoLogin']) => void;
}) {
  const t = words();
  return (
    <Card title={t.demoTitle}>
      <p class="small muted">{t.demoLead}</p>
      <div class="list">
        {logins.map((login) => (
          <ListRow
            title={login.name}
            note={`${wordOf(t.roles, login.role)} · ${login.government}`}
            onClick={() => onPick(login)}
          />
        ))}
      </div>
    </Card>
  );
}

export function Gate() {
  const t = words();
  const [entrance, again] = useEntrance();
  const [needsCode, setNeedsCode] = useState(false);
  const [form, setForm] = useState<Form>({ government: recall('government') ?? '', nip: '', password: '', code: '' });
  const [faults, setFaults] = useState<Faults>({});
  const [failure, setFailure] = useState<Failure | undefined>();
  const [isBusy, setBusy] = useState(false);
  const box = useRef<HTMLFormElement>(null);
  const out = session.value;
  const only = entrance.governments.length === 1 ? entrance.governments[0]!.code : '';
  const government = form.government || only;
  const put = (part: Partial<Form>) => setForm((f) => ({ ...f, ...part }));

  const submit = async (e: Event) => {
    e.preventDefault();
    const found = checkForm({ ...form, government }, needsCode);
    setFaults(found);
    setFailure(undefined);
    if (Object.keys(found).length) return focusFirstFault(box.current);
    setBusy(true);
    const { password } = form;
    const nip = digits(form.nip);
    try {
      if (needsCode)
        await ask(
          api.POST('/api/v1/accounts/activation', { body: { government, nip, code: form.code.trim(), password } }),
        );
      remember('government', government);
      await signIn(government, nip, password);
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  };

  const pick = (login: Schema['DemoLogin']) => {
    setNeedsCode(false);
    setFaults({});
    setFailure(undefined);
    put({ government: login.government, nip: login.nip, password: login.password });
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[type="submit"]')?.focus());
  };

  return (
    <div class="gate">
      <header class="top">
        <div class="top-in">
          <div>
            <div class="mark">
              <Mark size={40} /> Luwes
            </div>
            <p class="small">{t.tagline}</p>
          </div>
          <NetChip />
        </div>
      </header>
      <main id="isi" data-two={entrance.logins.length > 0 || undefined}>
        <form class="card alone stack-wide" ref={box} onSubmit={(e) => void submit(e)} noValidate>
          <h1>{needsCode ? t.activationTitle : t.signInTitle}</h1>
          {needsCode && <p class="small muted">{t.activationLead}</p>}
          {out.state === 'out' && out.isExpired && <Banner tone="warn">{t.expired}</Banner>}
          {entrance.failure && !entrance.governments.length && (
            <Banner tone="bad" title={t.noGovernments}>
              <button type="button" class="linkbutton" onClick={again}>
                {t.retry}
              </button>
            </Banner>
          )}
          <div class="fields">
            {only ? (
              <Field label={t.government}>
                {(control) => <input {...control} value={entrance.governments[0]!.name} readOnly />}
              </Field>
            ) : (
              <SelectField
                label={t.government}
                value={government}
                placeholder={t.choose}
                options={entrance.governments.map((g) => ({ value: g.code, label: g.name }))}
                onValue={(v) => put({ government: v })}
                error={faults.government}
              />
            )}
            <TextField
              label={t.nip}
              hint={t.nipHint}
              value={form.nip}
              onValue={(nip) => put({ nip })}
              error={faults.nip}
              input={{ inputMode: 'numeric', autoComplete: 'username', name: 'nip' }}
            />
            {needsCode && (
              <TextField
                label={t.code}
                value={form.code}
                onValue={(code) => put({ code })}
                error={faults.code}
                input={{ autoComplete: 'one-time-code', autoCapitalize: 'characters', spellcheck: false }}
              />
            )}
            <PasswordField
              label={needsCode ? t.newPassword : t.password}
              hint={needsCode ? t.passwordHint : undefined}
              value={form.password}
              onValue={(password) => put({ password })}
              error={faults.password}
              input={{ autoComplete: needsCode ? 'new-password' : 'current-password', name: 'password' }}
            />
          </div>
          {failure && (
            <Banner tone="bad" isStatus>
              {sentence(failure)}
            </Banner>
          )}
          <Button type="submit" wide isBusy={isBusy}>
            {needsCode ? t.activate : t.signIn}
          </Button>
          <p class="small">
            {!needsCode && <span class="muted">{t.firstTime} </span>}
            <button
              type="button"
              class="linkbutton"
              onClick={() => {
                setNeedsCode(!needsCode);
                setFaults({});
                setFailure(undefined);
              }}
            >
              {needsCode ? t.backToSignIn : t.useCode}
            </button>
          </p>
        </form>
        {entrance.logins.length > 0 && <DemoAccounts logins={entrance.logins} onPick={pick} />}
      </main>
    </div>
  );
}
