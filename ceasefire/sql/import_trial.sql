-- Tables by which a check tries its rows, instead of writing them and taking them back.
--
-- Each stands before the real one of its name until the check's savepoint is rolled back, so that the
-- statements which would write are run as they are. It has the same columns and checks, and neither
-- indexes nor triggers nor rows; what a check must read of the real ones, it reads in `public`.
CREATE TEMP TABLE sources_source (LIKE public.sources_source INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE sources_record (LIKE public.sources_record INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE sources_externalid (LIKE public.sources_externalid INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE sources_citation (LIKE public.sources_citation INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE sources_figure (LIKE public.sources_figure INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE ceasefire_incident (LIKE public.ceasefire_incident INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE ceasefire_incidentparty (LIKE public.ceasefire_incidentparty INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE ceasefire_incidenttarget (LIKE public.ceasefire_incidenttarget INCLUDING ALL EXCLUDING INDEXES);
CREATE TEMP TABLE ceasefire_importrow (LIKE public.ceasefire_importrow INCLUDING ALL EXCLUDING INDEXES);
