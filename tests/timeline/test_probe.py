import logging; logging.disable(20)
import os, time, collections
import pytest, traceback
from hypothesis import given, settings, HealthCheck, Phase as HPhase, strategies as st
from tests.timeline.worlds import *
from tests.timeline import test_verdict as tv
T=collections.Counter()
def timed(name, f):
    def g(*a, **k):
        t=time.perf_counter()
        try: return f(*a, **k)
        finally: T[name]+=time.perf_counter()-t
    return g
def attempt(wanted, edited):
    timed("reset", forget_everything)()
    world=World()
    for c in [wanted,*edited]:
        timed("want", world.want)(c); tv.assert_timeline_agrees()
    v=str(timed("verify",tv.verify)()); assert v=="no difference", v
def fails(w,e):
    try: attempt(w,e)
    except Exception as x: return str(x)[:3000] or repr(x)
    return None
@pytest.mark.django_db(transaction=True)
def test_p():
    tv.build=timed("build",tv.build); tv.judge_all=timed("judge",tv.judge_all); tv.shown=timed("shown",tv.shown); tv.evidence=timed("ev",tv.evidence); tv.evidence_who=timed("ev",tv.evidence_who)
    fl=[]; n=[0]
    @settings(max_examples=int(os.environ.get("N","25")), derandomize="R" not in os.environ, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[HPhase.generate])
    @given(w=worlds(), e=st.lists(edits(),min_size=1,max_size=2))
    def run(w,e):
        if len(fl)>=int(os.environ.get("F","1")): return
        n[0]+=1
        x=fails(w,e)
        if x:
            fl.append((w,e,x))
    t=time.perf_counter(); run(); print(n, time.perf_counter()-t, T)
    for w,e,x in fl:
        print("FAIL", x[:1500])
        kind=x[:60]
        w=dict(w); e=[dict(d) for d in e]
        if len(e)==2 and fails(w,e[:1]): e=e[:1]
        changed=True; deadline=time.time()+float(os.environ.get("S","150"))
        for chunk in (12,4,1):
            keys=[k for k in w]
            for i in range(0,len(keys),chunk):
                if time.time()>deadline: break
                w2={k:v for k,v in w.items() if k not in keys[i:i+chunk]}
                y=fails(w2,e)
                if y and y[:25]==kind[:25]: w=w2; x=y
        for d in range(len(e)):
            for k in list(e[d]):
                e2=[dict(q) for q in e]; del e2[d][k]
                y=fails(w,e2)
                if y and y[:25]==kind[:25]: e=e2; x=y
        print("REDUCED", x[:2500])
        for k,v in w.items(): print(k,v)
        print("EDITS")
        for d in e:
            print('--')
            for k,v in d.items(): print(k,v)
    assert not fl
