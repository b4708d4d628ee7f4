CREATE VIEW dager AS
-- Dagene det er regnet ut hvem som ventet: hver månedsslutt, dagen filen ble skrevet, og i dag.
WITH RECURSIVE slutt (dag) AS (
    SELECT date(min(mottatt), 'start of month', '+1 month', '-1 day') FROM henvendelser
     UNION ALL
    SELECT date(dag, '+1 day', '+1 month', '-1 day') FROM slutt
     WHERE date(dag, '+1 day', '+1 month', '-1 day') <= (SELECT skrevet FROM om_filen)
)
SELECT 'månedsslutt' AS hva, -- månedsslutt, skrevet eller i dag
       dag -- Dagen
  FROM slutt WHERE dag <= (SELECT skrevet FROM om_filen)
 UNION ALL SELECT 'skrevet', skrevet FROM om_filen
 UNION ALL SELECT 'i dag', date('now', 'localtime');

CREATE VIEW ventet AS
-- Hvem som ventet på hver av dagene: henvendelser uten noe oppdrag som pågikk den dagen.
SELECT d.hva, -- Hva slags dag det er: månedsslutt, skrevet eller i dag
       d.dag, -- Dagen
       h.id AS henvendelse, -- Hvilken henvendelse
       h.familie, -- Hvilken familie
       h.mottatt, -- Dagen henvendelsen kom
       CASE WHEN h.besøkt <= d.dag THEN 'familiekontakt'
            ELSE 'besøk' END AS venter_på, -- besøk av koordinator, eller familiekontakt
       CAST(julianday(d.dag) - julianday(h.mottatt) AS INTEGER) AS dager, -- Dager fra henvendelsen kom
       coalesce((SELECT max(o.avsluttet) FROM oppdrag o
                  WHERE o.henvendelse = h.id AND o.avsluttet <= d.dag),
                h.mottatt) AS venter_siden -- Siste oppdrags slutt, ellers dagen henvendelsen kom
  FROM dager d
  JOIN henvendelser h ON h.mottatt <= d.dag AND (h.avsluttet IS NULL OR h.avsluttet > d.dag)
 WHERE NOT EXISTS (SELECT 1 FROM oppdrag o
                    WHERE o.henvendelse = h.id AND o.startet <= d.dag
                      AND (o.avsluttet IS NULL OR o.avsluttet > d.dag));

CREATE VIEW venteliste AS
-- Ventelisten den dagen filen ble skrevet, som «hsf venteliste» viste den; lengst ventetid først.
SELECT henvendelse, -- Hvilken henvendelse
       familie, -- Hvilken familie
       mottatt, -- Dagen henvendelsen kom
       venter_på, -- besøk av koordinator, eller familiekontakt
       dager, -- Dager fra henvendelsen kom
       venter_siden -- Siste oppdrags slutt, ellers dagen henvendelsen kom
  FROM ventet WHERE hva = 'skrevet' ORDER BY mottatt, henvendelse;

CREATE VIEW venteliste_i_dag AS
-- Ventelisten i dag, etter det som var ført da filen ble skrevet. Det som er ført siden, vet den ikke om.
SELECT henvendelse, -- Hvilken henvendelse
       familie, -- Hvilken familie
       mottatt, -- Dagen henvendelsen kom
       venter_på, -- besøk av koordinator, eller familiekontakt
       dager, -- Dager fra henvendelsen kom
       venter_siden -- Siste oppdrags slutt, ellers dagen henvendelsen kom
  FROM ventet WHERE hva = 'i dag' ORDER BY mottatt, henvendelse;

CREATE VIEW venteliste_per_måned AS
-- Hvor mange som ventet ved slutten av hver måned.
SELECT substr(d.dag, 1, 7) AS måned, -- Måneden, som 2023-03
       count(v.henvendelse) AS venter, -- Alle som ventet
       count(CASE WHEN v.venter_på = 'besøk' THEN 1 END) AS på_besøk, -- De som ventet på koordinators besøk
       count(CASE WHEN v.venter_på = 'familiekontakt' THEN 1 END) AS på_familiekontakt, -- De som ventet på familiekontakt
       max(v.dager) AS lengst -- Dager den eldste henvendelsen hadde ventet
  FROM dager d
  LEFT JOIN ventet v ON v.hva = d.hva AND v.dag = d.dag
 WHERE d.hva = 'månedsslutt' GROUP BY d.dag ORDER BY d.dag;

CREATE VIEW ventetid AS
-- Hvor lang tid det tok fra hver henvendelse kom, til besøket og til det første oppdraget.
SELECT h.id AS henvendelse, -- Hvilken henvendelse
       h.familie, -- Hvilken familie
       CAST(substr(h.mottatt, 1, 4) AS INTEGER) AS år, -- Året henvendelsen kom
       CAST(julianday(h.besøkt) - julianday(h.mottatt) AS INTEGER) AS dager_til_besøk, -- Tom uten besøk
       CAST(julianday(min(o.startet)) - julianday(h.mottatt) AS INTEGER) AS dager_til_oppdrag -- Tom uten oppdrag
  FROM henvendelser h
  LEFT JOIN oppdrag o ON o.henvendelse = h.id
 GROUP BY h.id;

CREATE VIEW familier_per_år AS
-- Familiene med oppdrag hvert år, som årsrapporten teller dem.
SELECT år, -- Året
       count(*) AS familier, -- Familier som hadde oppdrag
       sum(barn) AS barn, -- Barna på 0–18 år i familiene
       count(CASE WHEN sivilstatus = 'enslig' THEN 1 END) AS enslige, -- Familier med én forelder
       count(CASE WHEN bakgrunn IN ('innvandrer', 'blandet') THEN 1 END) AS innvandrerbakgrunn, -- Familier med innvandrerbakgrunn, også blandet
       count(CASE WHEN særskilte_behov = 1 THEN 1 END) AS særskilte_behov -- Familier med barn med særskilte behov
  FROM skjema_familier GROUP BY år ORDER BY år;

CREATE VIEW familiekontakter_per_år AS
-- Familiekontaktene som var tilknyttet avdelingen hvert år, som årsrapporten teller dem.
SELECT f.år, -- Året
       count(*) AS familiekontakter, -- Tilknyttet en gang det året
       sum(f.koblet) AS på_oppdrag, -- De som hadde oppdrag det året
       count(n.familiekontakt) AS nye -- De som ble godkjent for første gang det året
  FROM skjema_familiekontakter f
  LEFT JOIN skjema_nye_familiekontakter n ON n.år = f.år AND n.familiekontakt = f.familiekontakt
 GROUP BY f.år ORDER BY f.år;

CREATE VIEW timer_per_måned AS
-- Timene hver måned, for hver familiekontakt og hver type.
SELECT substr(dato, 1, 7) AS måned, -- Måneden, som 2023-03
       familiekontakt, -- Hvilken familiekontakt
       type, -- Hva slags timer; teksten står i koder_timetype
       sum(besøk) AS besøk, -- Besøk
       round(sum(minutter) / 60.0, 2) AS timer, -- Timer
       round(coalesce(sum(kjøreminutter), 0) / 60.0, 2) AS kjøretimer -- Kjøretimer
  FROM timer GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;

CREATE VIEW varighet AS
-- Hvor lenge hvert oppdrag har vart. Ett som pågår, er regnet til dagen filen ble skrevet.
SELECT o.id AS oppdrag, -- Hvilket oppdrag
       o.henvendelse, -- Hvilken henvendelse
       o.familiekontakt, -- Hvilken familiekontakt
       o.startet, -- Dagen oppdraget startet
       o.avsluttet, -- Dagen det ble avsluttet; tom mens det pågår
       o.avsluttet IS NULL AS pågår, -- 1 mens det pågår
       CAST(julianday(coalesce(o.avsluttet, f.skrevet)) - julianday(o.startet) AS INTEGER) AS dager, -- Hele dager
       o.måneder -- Påbegynte måneder, som årsrapporten teller dem; tom mens det pågår
  FROM oppdrag o, om_filen f WHERE o.startet <= f.skrevet OR o.avsluttet IS NOT NULL;

CREATE VIEW familienes_koder AS
-- Det hver familie har flere koder for, med én rad for hver kode.
SELECT f.id AS familie, -- Hvilken familie
       s.spørsmål, -- utfordringer, støtte, nettverk, hjelp_før eller hjelp_etter
       k.value AS kode -- Koden; teksten står i koder_utfordringer, koder_støtte, koder_nettverk og koder_hjelp
  FROM familier f
  JOIN (SELECT 'utfordringer' AS spørsmål UNION ALL SELECT 'støtte' UNION ALL SELECT 'nettverk'
         UNION ALL SELECT 'hjelp_før' UNION ALL SELECT 'hjelp_etter') s
  JOIN json_each(CASE s.spørsmål WHEN 'utfordringer' THEN f.utfordringer WHEN 'støtte' THEN f.støtte
                      WHEN 'nettverk' THEN f.nettverk WHEN 'hjelp_før' THEN f.hjelp_før
                      ELSE f.hjelp_etter END) k;
