import pytest
from sources import services
from sources.enums import *
from sources.models import *
from talks.models import *
from talks.enums import *
from ceasefire.models import *

@pytest.mark.django_db(transaction=True)
def test_it():
    o = Outlet.objects.create(name="BBC", slug="bbc", kind="broadcaster")
    s = Source.objects.create(outlet=o, title="t")
    c = Conflict.objects.create(name="Syria", slug="syria")
    p = Party.objects.create(name="Gov", slug="gov", kind="government")
    i = Incident(conflict=c, title="x", act="shelling", when_edtf="2017-01-15")
    cit = Citation(source=s, fields=["act"])
    services.create(i, citations=[(cit, [Figure(group="civilians", harm="killed", low=9)])], parts=[Attribution(accused=p, claimed_by="SOHR", citation=cit), IncidentTarget(population="civilians")], by=None)
    assert Attribution.objects.get().citation == cit
    services.publish(i, by=None)
    services.withdraw(i, by=None)
    i2 = services.create(Incident(conflict=c, title="y", act="shelling"), citations=[], by=None)
    with pytest.raises(services.NotPublishable) as e:
        services.publish(i2, by=None)
    print(e.value)
    with pytest.raises(services.ValidationError) as e:
        services.create(Incident(conflict=c, title="z", act="shelling", status="published"), citations=[], by=None)
    print(e.value)
    assert Incident.objects.count() == 2
