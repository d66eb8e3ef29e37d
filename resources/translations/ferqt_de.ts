<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About ferqt</source>
        <translation>Über ferqt</translation>
    </message>
    <message>
        <source>Version {0}, MIT license</source>
        <translation>Version {0}, MIT-Lizenz</translation>
    </message>
    <message>
        <source>ferqt shows which facial expressions appear in a picture. It recognizes expressions; it does not read feelings.</source>
        <translation>ferqt zeigt, welche Gesichtsausdrücke in einem Bild zu sehen sind. Es erkennt Ausdrücke; Gefühle liest es nicht.</translation>
    </message>
    <message>
        <source>Everything is computed on this computer. No picture leaves it, and nothing is recorded unless you ask for it.</source>
        <translation>Alles wird auf diesem Rechner berechnet. Kein Bild verlässt ihn, und nichts wird ungefragt aufgenommen.</translation>
    </message>
    <message>
        <source>Tell the people who are filmed. It is not meant for judging people at work, at school, in hiring or in questioning. Help has a page on privacy and law, and the licenses of everything that ferqt is made of.</source>
        <translation>Sagen Sie den Menschen, dass sie gefilmt werden. ferqt ist nicht dafür gedacht, Menschen bei der Arbeit, in der Schule, bei Bewerbungen oder in Befragungen zu beurteilen. Die Hilfe hat eine Seite zu Datenschutz und Recht und die Lizenzen von allem, woraus ferqt besteht.</translation>
    </message>
    <message>
        <source>Python {0}, Qt {1}, {2}</source>
        <translation>Python {0}, Qt {1}, {2}</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Open File …</source>
        <translation>Datei öffnen …</translation>
    </message>
    <message>
        <source>Open a video or a picture</source>
        <translation>Ein Video oder ein Bild öffnen</translation>
    </message>
    <message>
        <source>Open Folder of Pictures …</source>
        <translation>Bilderordner öffnen …</translation>
    </message>
    <message>
        <source>Open Stream …</source>
        <translation>Stream öffnen …</translation>
    </message>
    <message>
        <source>Close Source</source>
        <translation>Quelle schließen</translation>
    </message>
    <message>
        <source>Screenshot</source>
        <translation>Bildschirmfoto</translation>
    </message>
    <message>
        <source>Save the picture with its overlay</source>
        <translation>Das Bild mit seiner Einblendung speichern</translation>
    </message>
    <message>
        <source>Screenshot without Overlay</source>
        <translation>Bildschirmfoto ohne Einblendung</translation>
    </message>
    <message>
        <source>Copy Picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Put the picture with its overlay on the clipboard</source>
        <translation>Das Bild mit seiner Einblendung in die Zwischenablage legen</translation>
    </message>
    <message>
        <source>Show Screenshots</source>
        <translation>Bildschirmfotos zeigen</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Privacy and Law</source>
        <translation>Datenschutz und Recht</translation>
    </message>
    <message>
        <source>Licenses</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>About ferqt</source>
        <translation>Über ferqt</translation>
    </message>
    <message>
        <source>Next Model</source>
        <translation>Nächstes Modell</translation>
    </message>
    <message>
        <source>Previous Model</source>
        <translation>Voriges Modell</translation>
    </message>
    <message>
        <source>Add a Model …</source>
        <translation>Modell hinzufügen …</translation>
    </message>
    <message>
        <source>About This Model</source>
        <translation>Über dieses Modell</translation>
    </message>
    <message>
        <source>Look for Models Again</source>
        <translation>Modelle neu suchen</translation>
    </message>
    <message>
        <source>MediaPipe, near and far faces</source>
        <translation>MediaPipe, nahe und ferne Gesichter</translation>
    </message>
    <message>
        <source>OpenCV Haar cascade</source>
        <translation>OpenCV-Haar-Kaskade</translation>
    </message>
    <message>
        <source>OpenCV DNN (SSD)</source>
        <translation>OpenCV DNN (SSD)</translation>
    </message>
    <message>
        <source>MediaPipe Tasks, for comparison</source>
        <translation>MediaPipe Tasks, zum Vergleich</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Record video and table, or stop</source>
        <translation>Video und Tabelle aufnehmen oder anhalten</translation>
    </message>
    <message>
        <source>Record As …</source>
        <translation>Aufnehmen als …</translation>
    </message>
    <message>
        <source>Choose folder, overlay and countdown, and record</source>
        <translation>Ordner, Einblendung und Vorlauf wählen und aufnehmen</translation>
    </message>
    <message>
        <source>With the Overlay in the Video</source>
        <translation>Mit Einblendung im Video</translation>
    </message>
    <message>
        <source>Event Marker …</source>
        <translation>Ereignismarke …</translation>
    </message>
    <message>
        <source>Mark this moment and say what happens</source>
        <translation>Diesen Augenblick markieren und sagen, was geschieht</translation>
    </message>
    <message>
        <source>Show Recordings</source>
        <translation>Aufnahmen zeigen</translation>
    </message>
    <message>
        <source>Open Camera</source>
        <translation>Kamera öffnen</translation>
    </message>
    <message>
        <source>Open the first camera</source>
        <translation>Die erste Kamera öffnen</translation>
    </message>
    <message>
        <source>Open Demo</source>
        <translation>Vorführung öffnen</translation>
    </message>
    <message>
        <source>Two moving faces: no camera and no file needed</source>
        <translation>Zwei bewegte Gesichter: ohne Kamera und ohne Datei</translation>
    </message>
    <message>
        <source>Pause or Resume</source>
        <translation>Anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Hold the picture, or let it go on</source>
        <translation>Das Bild anhalten oder weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Previous Frame</source>
        <translation>Voriges Einzelbild</translation>
    </message>
    <message>
        <source>Next Frame</source>
        <translation>Nächstes Einzelbild</translation>
    </message>
    <message>
        <source>Back 1 s</source>
        <translation>1 s zurück</translation>
    </message>
    <message>
        <source>Forward 1 s</source>
        <translation>1 s vor</translation>
    </message>
    <message>
        <source>Back 5 s</source>
        <translation>5 s zurück</translation>
    </message>
    <message>
        <source>Forward 5 s</source>
        <translation>5 s vor</translation>
    </message>
    <message>
        <source>To the Start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>To the End</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Go to Time …</source>
        <translation>Gehe zu Zeit …</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Schneller</translation>
    </message>
    <message>
        <source>Normal Speed</source>
        <translation>Normale Geschwindigkeit</translation>
    </message>
    <message>
        <source>Range Begins Here</source>
        <translation>Bereich beginnt hier</translation>
    </message>
    <message>
        <source>Range Ends Here</source>
        <translation>Bereich endet hier</translation>
    </message>
    <message>
        <source>Loop the Range</source>
        <translation>Bereich wiederholen</translation>
    </message>
    <message>
        <source>Clear the Range</source>
        <translation>Bereich aufheben</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>All Expressions</source>
        <translation>Alle Ausdrücke</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Landmarken</translation>
    </message>
    <message>
        <source>Head Pose</source>
        <translation>Kopfhaltung</translation>
    </message>
    <message>
        <source>Mirror Cameras</source>
        <translation>Kameras spiegeln</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>No Face</source>
        <translation>Kein Gesicht</translation>
    </message>
    <message>
        <source>Name the Face …</source>
        <translation>Gesicht benennen …</translation>
    </message>
    <message>
        <source>Take Neutral Baseline</source>
        <translation>Neutrale Grundlinie messen</translation>
    </message>
    <message>
        <source>Measure how the person looks at rest: hold still for five seconds</source>
        <translation>Messen, wie die Person in Ruhe aussieht: fünf Sekunden stillhalten</translation>
    </message>
    <message>
        <source>Clear Neutral Baseline</source>
        <translation>Neutrale Grundlinie löschen</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Leave Full Screen, or Quit</source>
        <translation>Vollbild verlassen oder beenden</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the Desktop</source>
        <translation>Wie der Schreibtisch</translation>
    </message>
    <message>
        <source>Reset the Panels</source>
        <translation>Felder zurücksetzen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Analyze</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>File/Open Recent</source>
        <translation>Datei/Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Source/Cameras</source>
        <translation>Quelle/Kameras</translation>
    </message>
    <message>
        <source>View/Panels</source>
        <translation>Ansicht/Felder</translation>
    </message>
    <message>
        <source>Model/Compare With</source>
        <translation>Modell/Vergleichen mit</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Compare With</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Face Detector</source>
        <translation>Gesichtsfinder</translation>
    </message>
    <message>
        <source>Open Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Playback</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Select Face</source>
        <translation>Gesicht auswählen</translation>
    </message>
    <message>
        <source>Queue and Library</source>
        <translation>Warteschlange und Bibliothek</translation>
    </message>
    <message>
        <source>Show the queue of analyses and the library of sessions, or go back</source>
        <translation>Die Warteschlange der Auswertungen und die Bibliothek der Sitzungen zeigen oder zurückgehen</translation>
    </message>
    <message>
        <source>Analyze This Source</source>
        <translation>Diese Quelle auswerten</translation>
    </message>
    <message>
        <source>Put the open video or pictures into the queue</source>
        <translation>Das geöffnete Video oder die Bilder in die Warteschlange stellen</translation>
    </message>
    <message>
        <source>Open Session …</source>
        <translation>Sitzung öffnen …</translation>
    </message>
    <message>
        <source>Open a session that lies outside the library</source>
        <translation>Eine Sitzung öffnen, die außerhalb der Bibliothek liegt</translation>
    </message>
    <message>
        <source>Close Session</source>
        <translation>Sitzung schließen</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Write the session&apos;s readings for other programs, or a report</source>
        <translation>Die Ablesungen der Sitzung für andere Programme schreiben oder einen Bericht</translation>
    </message>
    <message>
        <source>Annotated Video …</source>
        <translation>Beschriftetes Video …</translation>
    </message>
    <message>
        <source>Write the session&apos;s film with its readings, or with blurred faces</source>
        <translation>Den Film der Sitzung mit seinen Ablesungen oder mit unkenntlichen Gesichtern schreiben</translation>
    </message>
    <message>
        <source>Leave Range Out</source>
        <translation>Bereich auslassen</translation>
    </message>
    <message>
        <source>Leave the marked range out of statistics</source>
        <translation>Den markierten Bereich in der Statistik auslassen</translation>
    </message>
    <message>
        <source>Count Range Again</source>
        <translation>Bereich wieder mitzählen</translation>
    </message>
</context>
<context>
    <name>AddModelDialog</name>
    <message>
        <source>Add a Model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add and Use</source>
        <translation>Hinzufügen und benutzen</translation>
    </message>
    <message>
        <source>Choose Another File …</source>
        <translation>Andere Datei wählen …</translation>
    </message>
    <message>
        <source>The model was not added</source>
        <translation>Das Modell wurde nicht hinzugefügt</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Looking into the file …</source>
        <translation>Die Datei wird untersucht …</translation>
    </message>
    <message>
        <source>Copying it …</source>
        <translation>Sie wird kopiert …</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Keras loads the network; that takes a while …</source>
        <translation>Keras lädt das Netz; das dauert eine Weile …</translation>
    </message>
    <message>
        <source>Compiling the network for LiteRT …</source>
        <translation>Das Netz wird für LiteRT übersetzt …</translation>
    </message>
    <message>
        <source>Comparing the answers of both …</source>
        <translation>Die Antworten beider werden verglichen …</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>AffectPanel</name>
    <message>
        <source>Length of the trail</source>
        <translation>Länge der Spur</translation>
    </message>
    <message>
        <source>How many seconds the trail shows</source>
        <translation>Wie viele Sekunden die Spur zeigt</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Alle Gesichter</translation>
    </message>
    <message>
        <source>Show all faces at once</source>
        <translation>Alle Gesichter zugleich zeigen</translation>
    </message>
    <message>
        <source>A rough estimate from the probabilities of the expressions</source>
        <translation>Eine grobe Schätzung aus den Wahrscheinlichkeiten der Ausdrücke</translation>
    </message>
    <message>
        <source>{0} here</source>
        <translation>{0} hier</translation>
    </message>
    <message>
        <source>Face {0} was not seen lately.</source>
        <translation>Gesicht {0} war länger nicht zu sehen.</translation>
    </message>
    <message>
        <source>No face yet.
A face appears here as soon as one is seen.</source>
        <translation>Noch kein Gesicht.
Hier erscheint ein Gesicht, sobald eines zu sehen ist.</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>Valence {0}   Arousal {1}</source>
        <translation>Valenz {0}   Erregung {1}</translation>
    </message>
    <message>
        <source>No place for what is shown now: {0}</source>
        <translation>Kein Platz für das, was jetzt zu sehen ist: {0}</translation>
    </message>
    <message>
        <source>Not in the picture</source>
        <translation>Nicht im Bild</translation>
    </message>
</context>
<context>
    <name>AffectPlane</name>
    <message>
        <source>Plane of valence and arousal</source>
        <translation>Ebene aus Valenz und Erregung</translation>
    </message>
    <message>
        <source>tense</source>
        <translation>angespannt</translation>
    </message>
    <message>
        <source>excited</source>
        <translation>aufgeregt</translation>
    </message>
    <message>
        <source>gloomy</source>
        <translation>bedrückt</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>negativ</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>positiv</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>passive</source>
        <translation>passiv</translation>
    </message>
</context>
<context>
    <name>Analyses</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unfertig</translation>
    </message>
    <message>
        <source>Canceled</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>It is not there.</source>
        <translation>Es ist nicht da.</translation>
    </message>
    <message>
        <source>Reading it is not permitted.</source>
        <translation>Es darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>It is neither a video nor a picture.</source>
        <translation>Es ist weder ein Video noch ein Bild.</translation>
    </message>
    <message>
        <source>Cameras and addresses have no end. Record them first.</source>
        <translation>Kameras und Adressen haben kein Ende. Nehmen Sie sie zuerst auf.</translation>
    </message>
    <message>
        <source>There is no video and no picture in this folder.</source>
        <translation>In diesem Ordner ist kein Video und kein Bild.</translation>
    </message>
    <message>
        <source>It is in the queue already.</source>
        <translation>Es ist schon in der Warteschlange.</translation>
    </message>
    <message>
        <source>Too many files; the rest was left out.</source>
        <translation>Zu viele Dateien; der Rest wurde ausgelassen.</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Writing files</source>
        <translation>Schreibt</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} h {1} min</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{0} pictures</source>
        <translation>{0} Bilder</translation>
    </message>
</context>
<context>
    <name>AnalysisCommands</name>
    <message>
        <source>Open Session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Session ({0})</source>
        <translation>Sitzung ({0})</translation>
    </message>
</context>
<context>
    <name>AnalysisLink</name>
    <message>
        <source>Written</source>
        <translation>Geschrieben</translation>
    </message>
    <message>
        <source>Show Folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>AnalyzePage</name>
    <message>
        <source>An analysis was not finished</source>
        <translation>Eine Auswertung wurde nicht fertig</translation>
    </message>
    <message>
        <source>It goes on where it ended.</source>
        <translation>Sie geht dort weiter, wo sie endete.</translation>
    </message>
    <message>
        <source>{0} analyses were not finished</source>
        <translation>{0} Auswertungen wurden nicht fertig</translation>
    </message>
    <message>
        <source>They go on where they ended.</source>
        <translation>Sie gehen dort weiter, wo sie endeten.</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>As before</source>
        <translation>Wie zuvor</translation>
    </message>
    <message>
        <source>The analysis does not go on</source>
        <translation>Die Auswertung geht nicht weiter</translation>
    </message>
</context>
<context>
    <name>AnnotatedVideoDialog</name>
    <message>
        <source>Annotated Video</source>
        <translation>Beschriftetes Video</translation>
    </message>
    <message>
        <source>The video was not written</source>
        <translation>Das Video wurde nicht geschrieben</translation>
    </message>
    <message>
        <source>Draw the readings as on screen</source>
        <translation>Ablesungen wie auf dem Bildschirm zeichnen</translation>
    </message>
    <message>
        <source>Blur all faces that were found</source>
        <translation>Alle gefundenen Gesichter unkenntlich machen</translation>
    </message>
    <message>
        <source>A face that was not found stays: look at the video before you share it.</source>
        <translation>Ein Gesicht, das nicht gefunden wurde, bleibt zu sehen: Sehen Sie das Video an, bevor Sie es weitergeben.</translation>
    </message>
    <message>
        <source>Only the marked range</source>
        <translation>Nur den markierten Bereich</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change the file</source>
        <translation>Datei ändern</translation>
    </message>
    <message>
        <source>Pictures written</source>
        <translation>Geschriebene Bilder</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Write the Video As</source>
        <translation>Video schreiben als</translation>
    </message>
    <message>
        <source>Video ({0})</source>
        <translation>Video ({0})</translation>
    </message>
    <message>
        <source>Stopped. Nothing was written.</source>
        <translation>Abgebrochen. Nichts wurde geschrieben.</translation>
    </message>
</context>
<context>
    <name>BaselineCollector</name>
    <message>
        <source>Face {id}</source>
        <translation>Gesicht {id}</translation>
    </message>
    <message>
        <source>{who} was seen for {seen:.1f} of {wanted:.0f} seconds</source>
        <translation>{who} war {seen:.1f} von {wanted:.0f} Sekunden zu sehen</translation>
    </message>
    <message>
        <source>Let the picture run, keep the face in view and still, and try again.</source>
        <translation>Das Bild laufen lassen, das Gesicht ruhig im Bild halten und noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The neutral face was not learned</source>
        <translation>Das neutrale Gesicht wurde nicht gelernt</translation>
    </message>
</context>
<context>
    <name>BaselineStrip</name>
    <message>
        <source>Progress of the neutral baseline</source>
        <translation>Fortschritt der neutralen Grundlinie</translation>
    </message>
    <message>
        <source>No baseline for {0}: it was not seen long enough. Try again.</source>
        <translation>Keine Grundlinie für {0}: nicht lange genug zu sehen. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>{0} is read against its own neutral face from now on.</source>
        <translation>{0} wird von jetzt an gegen das eigene neutrale Gesicht gelesen.</translation>
    </message>
    <message>
        <source>{0}: look neutral and hold still.</source>
        <translation>{0}: neutral schauen und stillhalten.</translation>
    </message>
</context>
<context>
    <name>CameraMenu</name>
    <message>
        <source>Looking for cameras …</source>
        <translation>Kameras werden gesucht …</translation>
    </message>
    <message>
        <source>Cameras could not be listed</source>
        <translation>Die Kameras konnten nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>Camera {0}</source>
        <translation>Kamera {0}</translation>
    </message>
    <message>
        <source>No camera found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
</context>
<context>
    <name>CardWriter</name>
    <message>
        <source>Verifying …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Verified: the files are whole and it answers</source>
        <translation>Geprüft: Die Dateien sind unversehrt, und es antwortet</translation>
    </message>
    <message>
        <source>It cannot be read</source>
        <translation>Es kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>{0} expressions</source>
        <translation>{0} Ausdrücke</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>{0} ms a face here</source>
        <translation>{0} ms je Gesicht hier</translation>
    </message>
    <message>
        <source>loading …</source>
        <translation>wird geladen …</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>compared</source>
        <translation>im Vergleich</translation>
    </message>
    <message>
        <source>{0} parameters  ·  {1}</source>
        <translation>{0} Parameter  ·  {1}</translation>
    </message>
    <message>
        <source>Accuracy not measured</source>
        <translation>Treffsicherheit nicht gemessen</translation>
    </message>
    <message>
        <source>{0} accuracy  ·  macro F1 {1}  ·  ECE {2}</source>
        <translation>{0} treffsicher  ·  Makro-F1 {1}  ·  ECE {2}</translation>
    </message>
    <message>
        <source>on {0}, {1} faces</source>
        <translation>auf {0}, {1} Gesichter</translation>
    </message>
    <message>
        <source>Runs on {0}</source>
        <translation>Läuft mit {0}</translation>
    </message>
</context>
<context>
    <name>ClassTable</name>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>How often this answer is right</source>
        <translation>Wie oft diese Antwort stimmt</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>How many of these faces are found</source>
        <translation>Wie viele dieser Gesichter gefunden werden</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>The harmonic mean of both</source>
        <translation>Das harmonische Mittel der beiden</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>How many faces of this class were measured</source>
        <translation>An wie vielen Gesichtern dieser Klasse gemessen wurde</translation>
    </message>
</context>
<context>
    <name>CompareMenu</name>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message>
        <source>It is pictures or a single frame.</source>
        <translation>Sie besteht aus Bildern oder einem Einzelbild.</translation>
    </message>
    <message>
        <source>Face {face} is not in it.</source>
        <translation>Gesicht {face} ist nicht darin.</translation>
    </message>
    <message>
        <source>It has no marker “{marker}”.</source>
        <translation>Sie hat keine Marke „{marker}“.</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>One session has no mean and no error: compare two or more.</source>
        <translation>Eine Sitzung hat kein Mittel und keinen Fehler: Vergleichen Sie zwei oder mehr.</translation>
    </message>
    <message>
        <source>Of {0} sessions the error is known only roughly.</source>
        <translation>Bei {0} Sitzungen ist der Fehler nur grob bekannt.</translation>
    </message>
    <message>
        <source>Left out: {0}.</source>
        <translation>Ausgelassen: {0}.</translation>
    </message>
    <message>
        <source>They were read by different models ({0}): differences may be the models’.</source>
        <translation>Verschiedene Modelle haben sie gelesen ({0}): Unterschiede können von den Modellen kommen.</translation>
    </message>
    <message>
        <source>Only {0} has: {1}.</source>
        <translation>Nur {0} hat: {1}.</translation>
    </message>
</context>
<context>
    <name>ComparisonPage</name>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Report …</source>
        <translation>Bericht …</translation>
    </message>
    <message>
        <source>The sessions were not compared</source>
        <translation>Die Sitzungen wurden nicht verglichen</translation>
    </message>
    <message>
        <source>The report was not written</source>
        <translation>Der Bericht wurde nicht geschrieben</translation>
    </message>
    <message>
        <source>A session was left out</source>
        <translation>Eine Sitzung wurde ausgelassen</translation>
    </message>
    <message>
        <source>Write the Report As</source>
        <translation>Bericht schreiben als</translation>
    </message>
    <message>
        <source>Report ({0})</source>
        <translation>Bericht ({0})</translation>
    </message>
</context>
<context>
    <name>ComparisonPlot</name>
    <message>
        <source>Expression of several sessions over time</source>
        <translation>Ausdruck mehrerer Sitzungen über die Zeit</translation>
    </message>
    <message>
        <source>{0} · sessions: {1}</source>
        <translation>{0} · Sitzungen: {1}</translation>
    </message>
    <message>
        <source>{0}: mean {1}%, standard error {2}%</source>
        <translation>{0}: Mittel {1} %, Standardfehler {2} %</translation>
    </message>
    <message>
        <source>{0}: mean {1}%</source>
        <translation>{0}: Mittel {1} %</translation>
    </message>
    <message>
        <source>Mean ± standard error ({0})</source>
        <translation>Mittel ± Standardfehler ({0})</translation>
    </message>
    <message>
        <source>Mean and 95% interval ({0})</source>
        <translation>Mittel und 95-%-Intervall ({0})</translation>
    </message>
    <message>
        <source>Mean ({0})</source>
        <translation>Mittel ({0})</translation>
    </message>
    <message>
        <source>One session</source>
        <translation>Eine Sitzung</translation>
    </message>
    <message>
        <source>{0}: sessions: {1}, highest mean {2}% at {3}</source>
        <translation>{0}: Sitzungen: {1}, höchstes Mittel {2} % bei {3}</translation>
    </message>
</context>
<context>
    <name>ComparisonView</name>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>What lies at time 0</source>
        <translation>Was beim Zeitpunkt 0 liegt</translation>
    </message>
    <message>
        <source>Seconds shown before time 0</source>
        <translation>Gezeigte Sekunden vor dem Zeitpunkt 0</translation>
    </message>
    <message>
        <source> s before</source>
        <translation> s davor</translation>
    </message>
    <message>
        <source>Length of a step</source>
        <translation>Länge eines Schritts</translation>
    </message>
    <message>
        <source>Every frame</source>
        <translation>Jedes Einzelbild</translation>
    </message>
    <message>
        <source>Band around the mean</source>
        <translation>Band um das Mittel</translation>
    </message>
    <message>
        <source>Standard error</source>
        <translation>Standardfehler</translation>
    </message>
    <message>
        <source>95% interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>No band</source>
        <translation>Kein Band</translation>
    </message>
    <message>
        <source>Single sessions</source>
        <translation>Einzelne Sitzungen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the figures of the plot for a spreadsheet</source>
        <translation>Die Zahlen der Kurven für eine Tabellenkalkulation kopieren</translation>
    </message>
    <message>
        <source>Sessions of the comparison</source>
        <translation>Sitzungen des Vergleichs</translation>
    </message>
    <message>
        <source>Uncheck a session to leave it out, select it to bring out its curve</source>
        <translation>Haken entfernen lässt eine Sitzung aus, auswählen hebt ihre Kurve hervor</translation>
    </message>
    <message>
        <source>What is to be known of the comparison</source>
        <translation>Was über den Vergleich zu wissen ist</translation>
    </message>
    <message>
        <source>Aligned at their beginnings</source>
        <translation>Ausgerichtet am Anfang</translation>
    </message>
    <message>
        <source>Aligned at “{0}” ({1})</source>
        <translation>Ausgerichtet an „{0}“ ({1})</translation>
    </message>
    <message>
        <source>The sessions could not be compared</source>
        <translation>Die Sitzungen konnten nicht verglichen werden</translation>
    </message>
    <message>
        <source>Nothing is compared.
Select sessions in the library and compare them: their curves are laid over each other here and averaged.</source>
        <translation>Nichts wird verglichen.
Wählen Sie Sitzungen in der Bibliothek und vergleichen Sie sie: Hier werden ihre Kurven übereinandergelegt und gemittelt.</translation>
    </message>
    <message>
        <source>Check the sessions that are to be compared.</source>
        <translation>Haken Sie an, welche Sitzungen verglichen werden.</translation>
    </message>
</context>
<context>
    <name>ConfusionView</name>
    <message>
        <source>Confusion matrix of {0}</source>
        <translation>Verwechslungsmatrix von {0}</translation>
    </message>
    <message>
        <source>{0}: {1} % found</source>
        <translation>{0}: {1} % gefunden</translation>
    </message>
    <message>
        <source>, {0} % taken for {1}</source>
        <translation>, {0} % für {1} gehalten</translation>
    </message>
</context>
<context>
    <name>CountdownSign</name>
    <message>
        <source>Recording in {0}</source>
        <translation>Aufnahme in {0}</translation>
    </message>
</context>
<context>
    <name>CurveLane</name>
    <message>
        <source>Curves could not be drawn</source>
        <translation>Kurven konnten nicht gezeichnet werden</translation>
    </message>
</context>
<context>
    <name>DockPanel</name>
    <message>
        <source>Close {0}</source>
        <translation>{0} schließen</translation>
    </message>
    <message>
        <source>Take {0} out of the window, or put it back</source>
        <translation>{0} aus dem Fenster lösen oder zurücksetzen</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Drop a file, a folder of pictures or an address here</source>
        <translation>Datei, Bilderordner oder Adresse hierher ziehen</translation>
    </message>
</context>
<context>
    <name>EmotionPlot</name>
    <message>
        <source>Probabilities over time</source>
        <translation>Wahrscheinlichkeiten über die Zeit</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Alle Gesichter</translation>
    </message>
    <message>
        <source>Face {id}</source>
        <translation>Gesicht {id}</translation>
    </message>
    <message>
        <source>No face yet.
The curves of a face appear here as soon as one is seen.</source>
        <translation>Noch kein Gesicht.
Hier erscheinen die Kurven eines Gesichts, sobald eines zu sehen ist.</translation>
    </message>
    <message>
        <source>{0} was not seen lately.</source>
        <translation>{0} war länger nicht zu sehen.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Save the curves</source>
        <translation>Kurven speichern</translation>
    </message>
    <message>
        <source>The curves were not saved</source>
        <translation>Die Kurven wurden nicht gespeichert</translation>
    </message>
    <message>
        <source>Curves saved</source>
        <translation>Kurven gespeichert</translation>
    </message>
</context>
<context>
    <name>EmptyQueue</name>
    <message>
        <source>Drop videos, pictures or folders here</source>
        <translation>Videos, Bilder oder Ordner hierher ziehen</translation>
    </message>
    <message>
        <source>Every frame is read, and a session with all readings is kept in the library.</source>
        <translation>Jedes Einzelbild wird gelesen, und eine Sitzung mit allen Ablesungen bleibt in der Bibliothek.</translation>
    </message>
    <message>
        <source>Add Files …</source>
        <translation>Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Add Folder …</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>The folder could not be looked at</source>
        <translation>Der Ordner konnte nicht angesehen werden</translation>
    </message>
    <message>
        <source>Stopping after this file …</source>
        <translation>Hält nach dieser Datei an …</translation>
    </message>
    <message>
        <source>Files to write</source>
        <translation>Zu schreibende Dateien</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>With the 52 movements of the face</source>
        <translation>Mit den 52 Bewegungen des Gesichts</translation>
    </message>
    <message>
        <source>In tables of frames, if they were kept</source>
        <translation>In Tabellen der Einzelbilder, falls sie behalten wurden</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change the folder</source>
        <translation>Ordner ändern</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>{0} sessions</source>
        <translation>{0} Sitzungen</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>Begins at</source>
        <translation>Beginnt bei</translation>
    </message>
    <message>
        <source>Ends below</source>
        <translation>Endet unter</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>For BORIS, ELAN and subtitles: a segment begins when an expression leads with this probability.</source>
        <translation>Für BORIS, ELAN und Untertitel: Ein Abschnitt beginnt, sobald ein Ausdruck mit dieser Wahrscheinlichkeit führt.</translation>
    </message>
    <message>
        <source>There already, and replaced if you go on: {0}</source>
        <translation>Schon vorhanden und beim Fortfahren ersetzt: {0}</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
</context>
<context>
    <name>ExpressionStrip</name>
    <message>
        <source>uncertain, perhaps {0}</source>
        <translation>unsicher, vielleicht {0}</translation>
    </message>
</context>
<context>
    <name>FaceBook</name>
    <message>
        <source>The faces were not merged</source>
        <translation>Die Gesichter wurden nicht zusammengeführt</translation>
    </message>
    <message>
        <source>Both are in the picture at the same time</source>
        <translation>Beide sind zur selben Zeit im Bild</translation>
    </message>
    <message>
        <source>Merge a face that came back with the one that it was before.</source>
        <translation>Führen Sie ein zurückgekehrtes Gesicht mit dem zusammen, das es vorher war.</translation>
    </message>
    <message>
        <source>The neutral face was not learned</source>
        <translation>Das neutrale Gesicht wurde nicht gelernt</translation>
    </message>
    <message>
        <source>The picture stands still</source>
        <translation>Das Bild steht still</translation>
    </message>
    <message>
        <source>Let it run while the face is held neutral.</source>
        <translation>Lassen Sie es laufen, während das Gesicht neutral gehalten wird.</translation>
    </message>
    <message>
        <source>Neutral baselines have to be taken anew</source>
        <translation>Neutrale Grundlinien müssen neu gemessen werden</translation>
    </message>
    <message>
        <source>{model} has not seen them and shows faces as it reads them</source>
        <translation>{model} hat sie nicht gesehen und zeigt Gesichter so, wie es sie liest</translation>
    </message>
    <message>
        <source>Take them again, or go back to the other model.</source>
        <translation>Messen Sie sie noch einmal, oder gehen Sie zum anderen Modell zurück.</translation>
    </message>
    <message>
        <source>Faces of pictures stay as they are</source>
        <translation>Gesichter auf Bildern bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>In each picture faces are counted anew, so none is known again</source>
        <translation>In jedem Bild wird neu gezählt, darum wird kein Gesicht wiedererkannt</translation>
    </message>
    <message>
        <source>Open a video or a camera to name or merge faces, or to take a baseline.</source>
        <translation>Öffnen Sie ein Video oder eine Kamera, um Gesichter zu benennen oder zusammenzuführen, oder um eine Grundlinie zu messen.</translation>
    </message>
</context>
<context>
    <name>FaceCells</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of this face</source>
        <translation>Name dieses Gesichts</translation>
    </message>
</context>
<context>
    <name>FaceNameDialog</name>
    <message>
        <source>Name the Face</source>
        <translation>Gesicht benennen</translation>
    </message>
    <message>
        <source>Name of face {0}</source>
        <translation>Name von Gesicht {0}</translation>
    </message>
</context>
<context>
    <name>FacePanel</name>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Give the selected face a name (F2)</source>
        <translation>Dem gewählten Gesicht einen Namen geben (F2)</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>Zusammenführen mit</translation>
    </message>
    <message>
        <source>Say that this is another face of the list</source>
        <translation>Sagen, dass dies ein anderes Gesicht der Liste ist</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Let plot and panels follow this face alone</source>
        <translation>Kurven und Felder folgen allein diesem Gesicht</translation>
    </message>
    <message>
        <source>Take neutral baseline</source>
        <translation>Neutrale Grundlinie messen</translation>
    </message>
    <message>
        <source>Measure the neutral face for 5 seconds and read expressions against it</source>
        <translation>Das neutrale Gesicht 5 Sekunden lang messen und Ausdrücke dagegen lesen</translation>
    </message>
    <message>
        <source>Clear neutral baseline</source>
        <translation>Neutrale Grundlinie löschen</translation>
    </message>
    <message>
        <source>Read this face without its baseline again</source>
        <translation>Dieses Gesicht wieder ohne Grundlinie lesen</translation>
    </message>
    <message>
        <source>Copy row</source>
        <translation>Zeile kopieren</translation>
    </message>
    <message>
        <source>Copy the row for a spreadsheet</source>
        <translation>Die Zeile für eine Tabellenkalkulation kopieren</translation>
    </message>
    <message>
        <source>Neutral baseline</source>
        <translation>Neutrale Grundlinie</translation>
    </message>
    <message>
        <source>No face yet.
Faces are listed here as soon as one is seen.</source>
        <translation>Noch kein Gesicht.
Hier werden Gesichter aufgelistet, sobald eines zu sehen ist.</translation>
    </message>
    <message>
        <source>{0} here, {1} left</source>
        <translation>{0} hier, {1} gegangen</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
</context>
<context>
    <name>FaceTable</name>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>Conf.</source>
        <translation>Sich.</translation>
    </message>
    <message>
        <source>Yaw</source>
        <translation>Gieren</translation>
    </message>
    <message>
        <source>Pitch</source>
        <translation>Nicken</translation>
    </message>
    <message>
        <source>Roll</source>
        <translation>Rollen</translation>
    </message>
    <message>
        <source>Seen for</source>
        <translation>Zu sehen</translation>
    </message>
    <message>
        <source>Last seen</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Double click or F2 to give a name</source>
        <translation>Doppelklick oder F2 gibt einen Namen</translation>
    </message>
    <message>
        <source>Confidence of the leading expression</source>
        <translation>Sicherheit des führenden Ausdrucks</translation>
    </message>
    <message>
        <source>Degrees; positive to the right side of the picture</source>
        <translation>Grad; positiv zur rechten Bildseite</translation>
    </message>
    <message>
        <source>Degrees; positive upward</source>
        <translation>Grad; positiv nach oben</translation>
    </message>
    <message>
        <source>Degrees; positive clockwise</source>
        <translation>Grad; positiv im Uhrzeigersinn</translation>
    </message>
    <message>
        <source>Time in the picture</source>
        <translation>Zeit im Bild</translation>
    </message>
    <message>
        <source>Time in the video, or since the source was opened</source>
        <translation>Zeit im Video oder seit dem Öffnen der Quelle</translation>
    </message>
    <message>
        <source>uncertain</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>uncertain, perhaps {0}</source>
        <translation>unsicher, vielleicht {0}</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keiner</translation>
    </message>
    <message>
        <source>Its neutral baseline is being taken</source>
        <translation>Seine neutrale Grundlinie wird gemessen</translation>
    </message>
    <message>
        <source>Read relative to its neutral baseline</source>
        <translation>Gegen seine neutrale Grundlinie gelesen</translation>
    </message>
    <message>
        <source>Its neutral baseline was taken with another model</source>
        <translation>Seine neutrale Grundlinie wurde mit einem anderen Modell gemessen</translation>
    </message>
</context>
<context>
    <name>FaceView</name>
    <message>
        <source>uncertain</source>
        <translation>unsicher</translation>
    </message>
</context>
<context>
    <name>FactSheet</name>
    <message>
        <source>Taken</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>frame {0}</source>
        <translation>Einzelbild {0}</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>with overlay</source>
        <translation>mit Einblendung</translation>
    </message>
    <message>
        <source>without overlay</source>
        <translation>ohne Einblendung</translation>
    </message>
    <message>
        <source>cut out of {0}</source>
        <translation>ausgeschnitten aus {0}</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
</context>
<context>
    <name>FactWriter</name>
    <message>
        <source>Architecture</source>
        <translation>Aufbau</translation>
    </message>
    <message>
        <source>Expressions</source>
        <translation>Ausdrücke</translation>
    </message>
    <message>
        <source>Looks at</source>
        <translation>Sieht</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft mit</translation>
    </message>
    <message>
        <source>{0} ms a face on this computer</source>
        <translation>{0} ms je Gesicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Uncertain</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Came with ferqt</source>
        <translation>Kam mit ferqt</translation>
    </message>
    <message>
        <source>Added by you</source>
        <translation>Von Ihnen hinzugefügt</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Entstanden</translation>
    </message>
    <message>
        <source>{0} with Keras {1}</source>
        <translation>{0} mit Keras {1}</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startzahl</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Treffsicherheit</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>Makro-F1</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Kalibrierfehler</translation>
    </message>
    <message>
        <source>{0} (ECE; 0 is honest confidence)</source>
        <translation>{0} (ECE; 0 ist ehrliche Sicherheit)</translation>
    </message>
    <message>
        <source>Intended use</source>
        <translation>Vorgesehen für</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>License of the data</source>
        <translation>Lizenz der Daten</translation>
    </message>
    <message>
        <source>Keras</source>
        <translation>Keras</translation>
    </message>
    <message>
        <source>LiteRT</source>
        <translation>LiteRT</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>eyes and mouth in fixed places</source>
        <translation>Augen und Mund an festen Stellen</translation>
    </message>
    <message>
        <source>a square around the face box</source>
        <translation>ein Quadrat um das Gesichtsfeld</translation>
    </message>
    <message>
        <source>, margin {0} %</source>
        <translation>, Rand {0} %</translation>
    </message>
    <message>
        <source>{0} × {1} px, {2}, values {3} to {4}; {5}</source>
        <translation>{0} × {1} px, {2}, Werte {3} bis {4}; {5}</translation>
    </message>
    <message>
        <source>{0} (confidence as the network gives it)</source>
        <translation>{0} (Sicherheit, wie das Netz sie angibt)</translation>
    </message>
    <message>
        <source>{0} (divides the logits, so that confidence is honest)</source>
        <translation>{0} (teilt die Logits, damit die Sicherheit ehrlich ist)</translation>
    </message>
    <message>
        <source>never: no threshold is set</source>
        <translation>nie: Es ist keine Schwelle gesetzt</translation>
    </message>
    <message>
        <source>when the best answer is below {0} %</source>
        <translation>wenn die beste Antwort unter {0} % liegt</translation>
    </message>
    <message>
        <source>{0}   (95 % interval {1} to {2} %)</source>
        <translation>{0}   (95-%-Intervall {1} bis {2} %)</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search for a source, a person or a file</source>
        <translation>Nach Quelle, Person oder Datei suchen</translation>
    </message>
    <message>
        <source>Pictures or faces</source>
        <translation>Bilder oder Gesichter</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
</context>
<context>
    <name>FolderLine</name>
    <message>
        <source>Choose …</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>{0}: choose</source>
        <translation>{0}: wählen</translation>
    </message>
    <message>
        <source>Give the whole path, as /home/me/pictures.</source>
        <translation>Geben Sie den ganzen Pfad an, zum Beispiel /home/ich/bilder.</translation>
    </message>
    <message>
        <source>That is a file. Choose a folder.</source>
        <translation>Das ist eine Datei. Wählen Sie einen Ordner.</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save a Copy …</source>
        <translation>Kopie speichern …</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Open in Another Program</source>
        <translation>In einem anderen Programm öffnen</translation>
    </message>
    <message>
        <source>Move to Trash</source>
        <translation>In den Papierkorb legen</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>uncertain, perhaps {0}</source>
        <translation>unsicher, vielleicht {0}</translation>
    </message>
    <message>
        <source>no face</source>
        <translation>kein Gesicht</translation>
    </message>
    <message>
        <source>and {0} more</source>
        <translation>und {0} weitere</translation>
    </message>
    <message>
        <source>Face that was cut out</source>
        <translation>Ausgeschnittenes Gesicht</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>GalleryFiles</name>
    <message>
        <source>The picture was not copied</source>
        <translation>Das Bild wurde nicht kopiert</translation>
    </message>
    <message>
        <source>{0} files copied</source>
        <translation>{0} Dateien kopiert</translation>
    </message>
    <message>
        <source>Save a Copy</source>
        <translation>Kopie speichern</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>Save {0} Copies in a Folder</source>
        <translation>{0} Kopien in einem Ordner speichern</translation>
    </message>
    <message>
        <source>The folder cannot be shown</source>
        <translation>Der Ordner kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>The picture was not opened</source>
        <translation>Das Bild wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>No program is set for PNG pictures on this desktop.</source>
        <translation>Für PNG-Bilder ist auf diesem Schreibtisch kein Programm eingestellt.</translation>
    </message>
    <message>
        <source>Move “{0}” to the trash?</source>
        <translation>„{0}“ in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>Move {0} files to the trash?</source>
        <translation>{0} Dateien in den Papierkorb legen?</translation>
    </message>
    <message>
        <source>They can be taken back from there.</source>
        <translation>Sie können von dort zurückgeholt werden.</translation>
    </message>
    <message>
        <source>It can be taken back from there.</source>
        <translation>Sie kann von dort zurückgeholt werden.</translation>
    </message>
    <message>
        <source>Also the faces that were cut out: {0}</source>
        <translation>Auch die ausgeschnittenen Gesichter: {0}</translation>
    </message>
    <message>
        <source>Move to Trash</source>
        <translation>In den Papierkorb legen</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
    <message>
        <source>Copy saved</source>
        <translation>Kopie gespeichert</translation>
    </message>
    <message>
        <source>{0} copies saved</source>
        <translation>{0} Kopien gespeichert</translation>
    </message>
    <message>
        <source>The copy was not saved</source>
        <translation>Die Kopie wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Nothing was moved to the trash</source>
        <translation>Nichts wurde in den Papierkorb gelegt</translation>
    </message>
    <message>
        <source>The trash does not take “{0}”.</source>
        <translation>Der Papierkorb nimmt „{0}“ nicht an.</translation>
    </message>
    <message>
        <source>Delete it for good? This cannot be undone.</source>
        <translation>Endgültig löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>The trash does not take {0} files.</source>
        <translation>Der Papierkorb nimmt {0} Dateien nicht an.</translation>
    </message>
    <message>
        <source>Delete them for good? This cannot be undone.</source>
        <translation>Sie endgültig löschen? Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Delete for Good</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Not all files were deleted</source>
        <translation>Nicht alle Dateien wurden gelöscht</translation>
    </message>
</context>
<context>
    <name>GalleryIndex</name>
    <message>
        <source>The gallery cannot show the folder</source>
        <translation>Die Galerie kann den Ordner nicht zeigen</translation>
    </message>
</context>
<context>
    <name>GalleryPanel</name>
    <message>
        <source>Looking for screenshots …</source>
        <translation>Bildschirmfotos werden gesucht …</translation>
    </message>
    <message>
        <source>Press {0} to take a screenshot.
It will be shown here.</source>
        <translation>{0} macht ein Bildschirmfoto.
Es wird hier gezeigt.</translation>
    </message>
    <message>
        <source>Screenshots that you take are shown here.</source>
        <translation>Hier werden Ihre Bildschirmfotos gezeigt.</translation>
    </message>
    <message>
        <source>{0} of {1} chosen</source>
        <translation>{0} von {1} gewählt</translation>
    </message>
    <message>
        <source>The newest {0}</source>
        <translation>Die neuesten {0}</translation>
    </message>
    <message>
        <source>1 picture</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{0} pictures</source>
        <translation>{0} Bilder</translation>
    </message>
</context>
<context>
    <name>GuideWindow</name>
    <message>
        <source>Guide</source>
        <translation>Anleitung</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>Seite der Anleitung</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>The files were not added</source>
        <translation>Die Dateien wurden nicht hinzugefügt</translation>
    </message>
    <message>
        <source>The files were not measured</source>
        <translation>Die Länge der Dateien wurde nicht bestimmt</translation>
    </message>
</context>
<context>
    <name>JobCells</name>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Open the session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Stop; what was read is kept</source>
        <translation>Stoppen; was gelesen ist, bleibt erhalten</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
</context>
<context>
    <name>JobTable</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Frames/s</source>
        <translation>Bilder/s</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>Restzeit</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>{0} frames</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>{0} of {1} frames</source>
        <translation>{0} von {1} Bildern</translation>
    </message>
</context>
<context>
    <name>JobView</name>
    <message>
        <source>Queue of analyses</source>
        <translation>Warteschlange der Auswertungen</translation>
    </message>
</context>
<context>
    <name>JumpDialog</name>
    <message>
        <source>Jump</source>
        <translation>Springen</translation>
    </message>
    <message>
        <source>Time or frame</source>
        <translation>Zeit oder Einzelbild</translation>
    </message>
    <message>
        <source>For example 1:23.5 or 83.5, or f1234 for a frame.</source>
        <translation>Zum Beispiel 1:23.5 oder 83.5, oder f1234 für ein Einzelbild.</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Press a key</source>
        <translation>Taste drücken</translation>
    </message>
</context>
<context>
    <name>LegendSwitch</name>
    <message>
        <source>Show the curve of {name}</source>
        <translation>Kurve von {name} zeigen</translation>
    </message>
    <message>
        <source>Click to hide or show this curve</source>
        <translation>Klicken zeigt oder verbirgt diese Kurve</translation>
    </message>
</context>
<context>
    <name>LibraryFeed</name>
    <message>
        <source>The library could not be read</source>
        <translation>Die Bibliothek konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>The session was not changed</source>
        <translation>Die Sitzung wurde nicht geändert</translation>
    </message>
    <message>
        <source>The session was not deleted</source>
        <translation>Die Sitzung wurde nicht gelöscht</translation>
    </message>
    <message>
        <source>The session was not added</source>
        <translation>Die Sitzung wurde nicht hinzugefügt</translation>
    </message>
</context>
<context>
    <name>LibraryHead</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search in titles, sources, notes and tags (Ctrl+F)</source>
        <translation>In Titeln, Quellen, Notizen und Tags suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Search in the library</source>
        <translation>In der Bibliothek suchen</translation>
    </message>
    <message>
        <source>Only sessions with this tag</source>
        <translation>Nur Sitzungen mit diesem Tag</translation>
    </message>
    <message>
        <source>Only sessions in this state</source>
        <translation>Nur Sitzungen in diesem Stand</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Jeder Stand</translation>
    </message>
    <message>
        <source>All tags</source>
        <translation>Alle Tags</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>Open (Enter)</source>
        <translation>Öffnen (Enter)</translation>
    </message>
    <message>
        <source>Go on with the analysis</source>
        <translation>Auswertung fortsetzen</translation>
    </message>
    <message>
        <source>Analyze again</source>
        <translation>Noch einmal auswerten</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Export …</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Report …</source>
        <translation>Bericht …</translation>
    </message>
    <message>
        <source>Show in File Manager</source>
        <translation>In der Dateiverwaltung zeigen</translation>
    </message>
    <message>
        <source>Add a session from disk …</source>
        <translation>Sitzung vom Datenträger hinzufügen …</translation>
    </message>
    <message>
        <source>Delete (Del)</source>
        <translation>Löschen (Entf)</translation>
    </message>
</context>
<context>
    <name>LibraryPane</name>
    <message>
        <source>Looking for sessions …</source>
        <translation>Sitzungen werden gesucht …</translation>
    </message>
    <message>
        <source>Show All</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>No session is like that.</source>
        <translation>Keine Sitzung ist so.</translation>
    </message>
    <message>
        <source>No session yet.
What is analyzed in the queue is kept here.</source>
        <translation>Noch keine Sitzung.
Was die Warteschlange auswertet, bleibt hier erhalten.</translation>
    </message>
    <message>
        <source>The source could not be looked for</source>
        <translation>Die Quelle konnte nicht gesucht werden</translation>
    </message>
    <message>
        <source>The folder was not opened</source>
        <translation>Der Ordner wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>Add a Session</source>
        <translation>Sitzung hinzufügen</translation>
    </message>
    <message>
        <source>Sessions ({0});;All files (*)</source>
        <translation>Sitzungen ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Session added</source>
        <translation>Sitzung hinzugefügt</translation>
    </message>
    <message>
        <source>Delete the session “{0}”?</source>
        <translation>Die Sitzung „{0}“ löschen?</translation>
    </message>
    <message>
        <source>Delete {0} sessions?</source>
        <translation>{0} Sitzungen löschen?</translation>
    </message>
    <message>
        <source>Readings, markers, notes and all files in the session’s folder are deleted. This cannot be undone. The videos themselves stay.</source>
        <translation>Ablesungen, Marken, Notizen und alle Dateien im Ordner der Sitzung werden gelöscht. Das lässt sich nicht rückgängig machen. Die Videos selbst bleiben.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Show Folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>{0} files were not written</source>
        <translation>{0} Dateien wurden nicht geschrieben</translation>
    </message>
    <message>
        <source>The export was stopped</source>
        <translation>Der Export wurde abgebrochen</translation>
    </message>
    <message>
        <source>{0} files are written</source>
        <translation>{0} Dateien sind geschrieben</translation>
    </message>
    <message>
        <source>{0} files written</source>
        <translation>{0} Dateien geschrieben</translation>
    </message>
    <message>
        <source>Formats that tell times were left out for pictures.</source>
        <translation>Formate, die Zeiten angeben, wurden für Bilder ausgelassen.</translation>
    </message>
</context>
<context>
    <name>LicensesDialog</name>
    <message>
        <source>Licenses</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>ferqt is free software under the MIT license. It is built from the parts below, each under the license of its makers.</source>
        <translation>ferqt ist freie Software unter der MIT-Lizenz. Es besteht aus den folgenden Teilen, jeder unter der Lizenz seiner Hersteller.</translation>
    </message>
    <message>
        <source>Parts of the program</source>
        <translation>Teile des Programms</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>License</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Text of the license</source>
        <translation>Text der Lizenz</translation>
    </message>
    <message>
        <source>Reading what is installed …</source>
        <translation>Was installiert ist, wird gelesen …</translation>
    </message>
    <message>
        <source>The licenses could not be listed</source>
        <translation>Die Lizenzen konnten nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Libraries</source>
        <translation>Bibliotheken</translation>
    </message>
    <message>
        <source>Expression models</source>
        <translation>Ausdrucksmodelle</translation>
    </message>
    <message>
        <source>Face models</source>
        <translation>Gesichtsmodelle</translation>
    </message>
    <message>
        <source>see the text</source>
        <translation>siehe Text</translation>
    </message>
    <message>
        <source>Choose a part to read its license.</source>
        <translation>Wählen Sie einen Teil, um seine Lizenz zu lesen.</translation>
    </message>
    <message>
        <source>The license could not be read</source>
        <translation>Die Lizenz konnte nicht gelesen werden</translation>
    </message>
</context>
<context>
    <name>LogPanel</name>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the chosen lines, or all that are shown</source>
        <translation>Die gewählten Zeilen kopieren oder alle gezeigten</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Save the lines that are shown as text</source>
        <translation>Die gezeigten Zeilen als Text speichern</translation>
    </message>
    <message>
        <source>Open log file</source>
        <translation>Protokolldatei öffnen</translation>
    </message>
    <message>
        <source>Open the file with the lines of earlier runs, too</source>
        <translation>Die Datei öffnen, die auch die Zeilen früherer Läufe enthält</translation>
    </message>
    <message>
        <source>Lines of the log</source>
        <translation>Zeilen des Protokolls</translation>
    </message>
    <message>
        <source>Lines that are shown</source>
        <translation>Gezeigte Zeilen</translation>
    </message>
    <message>
        <source>All lines</source>
        <translation>Alle Zeilen</translation>
    </message>
    <message>
        <source>Notices</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>Warnungen und Fehler</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>The chosen line in full</source>
        <translation>Die gewählte Zeile in voller Länge</translation>
    </message>
    <message>
        <source>Nothing to show.
What ferqt does and what fails is listed here.</source>
        <translation>Nichts zu zeigen.
Hier steht, was ferqt tut und was misslingt.</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>Protokoll speichern</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>The log was not saved</source>
        <translation>Das Protokoll wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Log saved</source>
        <translation>Protokoll gespeichert</translation>
    </message>
</context>
<context>
    <name>LogTable</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>Information</translation>
    </message>
    <message>
        <source>Debug</source>
        <translation>Fehlersuche</translation>
    </message>
    <message>
        <source>notice</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>MainToolBar</name>
    <message>
        <source>Tool Bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Vorführung</translation>
    </message>
    <message>
        <source>Shot</source>
        <translation>Foto</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Before you begin</source>
        <translation>Bevor es losgeht</translation>
    </message>
    <message>
        <source>Everything stays on this computer. Ask the people who are filmed.</source>
        <translation>Alles bleibt auf diesem Computer. Fragen Sie die Menschen, die gefilmt werden.</translation>
    </message>
    <message>
        <source>Privacy and law</source>
        <translation>Datenschutz und Recht</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>Stop Recording</source>
        <translation>Aufnahme beenden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
</context>
<context>
    <name>MarkerControls</name>
    <message>
        <source>Open a camera, a video or the demo first.</source>
        <translation>Öffnen Sie zuerst eine Kamera, ein Video oder die Vorführung.</translation>
    </message>
    <message>
        <source>There is no moment to mark</source>
        <translation>Es gibt keinen Augenblick zu markieren</translation>
    </message>
    <message>
        <source>Save Markers</source>
        <translation>Marken speichern</translation>
    </message>
    <message>
        <source>Table ({0})</source>
        <translation>Tabelle ({0})</translation>
    </message>
    <message>
        <source>Markers saved</source>
        <translation>Marken gespeichert</translation>
    </message>
    <message>
        <source>The markers were not saved</source>
        <translation>Die Marken wurden nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>MarkerDialog</name>
    <message>
        <source>Add Marker</source>
        <translation>Marke setzen</translation>
    </message>
    <message>
        <source>What happens at {0}?</source>
        <translation>Was geschieht bei {0}?</translation>
    </message>
    <message>
        <source>event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Setzen</translation>
    </message>
</context>
<context>
    <name>MarkerPanel</name>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>No marker yet.
Press E when something happens, and name it.</source>
        <translation>Noch keine Marke.
Drücken Sie E, wenn etwas geschieht, und benennen Sie es.</translation>
    </message>
    <message>
        <source>1 marker</source>
        <translation>1 Marke</translation>
    </message>
    <message>
        <source>{0} markers</source>
        <translation>{0} Marken</translation>
    </message>
    <message>
        <source>Add marker</source>
        <translation>Marke setzen</translation>
    </message>
    <message>
        <source>Show the frame</source>
        <translation>Einzelbild zeigen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Save as a table …</source>
        <translation>Als Tabelle speichern …</translation>
    </message>
</context>
<context>
    <name>MarkerTable</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Frame {0}</source>
        <translation>Einzelbild {0}</translation>
    </message>
</context>
<context>
    <name>ModelBox</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model that reads the faces (M for the next one)</source>
        <translation>Modell, das die Gesichter liest (M für das nächste)</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
</context>
<context>
    <name>ModelCardView</name>
    <message>
        <source>Use</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Let it read the same faces beside the model in use, and mark where they differ</source>
        <translation>Es neben dem benutzten Modell dieselben Gesichter lesen lassen und zeigen, wo sie sich unterscheiden</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>{0} benutzen</translation>
    </message>
    <message>
        <source>Compare {0} with the model in use</source>
        <translation>{0} mit dem benutzten Modell vergleichen</translation>
    </message>
    <message>
        <source>Details of {0}</source>
        <translation>Einzelheiten zu {0}</translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation>Mehr zu {0}</translation>
    </message>
    <message>
        <source>Compare with the Model in Use</source>
        <translation>Mit dem benutzten Modell vergleichen</translation>
    </message>
    <message>
        <source>Details …</source>
        <translation>Einzelheiten …</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Show Folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Remove …</source>
        <translation>Entfernen …</translation>
    </message>
</context>
<context>
    <name>ModelDesk</name>
    <message>
        <source>The models&apos; times were not read</source>
        <translation>Die Zeiten der Modelle wurden nicht gelesen</translation>
    </message>
    <message>
        <source>Add a Model</source>
        <translation>Modell hinzufügen</translation>
    </message>
    <message>
        <source>Models ({0})</source>
        <translation>Modelle ({0})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The model was not verified</source>
        <translation>Das Modell wurde nicht geprüft</translation>
    </message>
    <message>
        <source>Remove a Model</source>
        <translation>Modell entfernen</translation>
    </message>
    <message>
        <source>Remove the model {0}?</source>
        <translation>Das Modell {0} entfernen?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Its folder and all files in it are deleted: {0}</source>
        <translation>Sein Ordner und alle Dateien darin werden gelöscht: {0}</translation>
    </message>
    <message>
        <source>It is in use; {0} takes over first.</source>
        <translation>Es ist in Gebrauch; zuvor übernimmt {0}.</translation>
    </message>
    <message>
        <source>The model was not removed</source>
        <translation>Das Modell wurde nicht entfernt</translation>
    </message>
    <message>
        <source>it is in use, and no other can take over</source>
        <translation>es ist in Gebrauch, und kein anderes kann übernehmen</translation>
    </message>
    <message>
        <source>Model removed</source>
        <translation>Modell entfernt</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>Model added</source>
        <translation>Modell hinzugefügt</translation>
    </message>
    <message>
        <source>{0}: its files are whole, and it answers on {1}</source>
        <translation>{0}: Die Dateien sind unversehrt, und es antwortet mit {1}</translation>
    </message>
    <message>
        <source>Model verified</source>
        <translation>Modell geprüft</translation>
    </message>
    <message>
        <source>The model is damaged</source>
        <translation>Das Modell ist beschädigt</translation>
    </message>
    <message>
        <source>Remove it and add it anew.</source>
        <translation>Entfernen Sie es und fügen Sie es neu hinzu.</translation>
    </message>
    <message>
        <source>The model was not timed</source>
        <translation>Die Zeit des Modells wurde nicht gemessen</translation>
    </message>
</context>
<context>
    <name>ModelDetailsDialog</name>
    <message>
        <source>Model: {0}</source>
        <translation>Modell: {0}</translation>
    </message>
    <message>
        <source>The report was not read</source>
        <translation>Der Bericht wurde nicht gelesen</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>Trainiert an</translation>
    </message>
    <message>
        <source>How its weights were made is not known.</source>
        <translation>Wie seine Gewichte entstanden, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>It recognizes expressions, not feelings.</source>
        <translation>Es erkennt Ausdrücke, keine Gefühle.</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>Gemessen an</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Show Folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>How often it is right was not measured.</source>
        <translation>Wie oft es stimmt, wurde nicht gemessen.</translation>
    </message>
    <message>
        <source>Confusions: a row a true class, a column an answer</source>
        <translation>Verwechslungen: je Zeile eine wahre Klasse, je Spalte eine Antwort</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Verwechslungsmatrix</translation>
    </message>
    <message>
        <source>Reliability: how often it is right when it is that sure</source>
        <translation>Verlässlichkeit: wie oft es stimmt, wenn es so sicher ist</translation>
    </message>
    <message>
        <source>Curves of the training</source>
        <translation>Kurven des Trainings</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
</context>
<context>
    <name>ModelForm</name>
    <message>
        <source>0 to 255</source>
        <translation>0 bis 255</translation>
    </message>
    <message>
        <source>0 to 1</source>
        <translation>0 bis 1</translation>
    </message>
    <message>
        <source>−1 to 1</source>
        <translation>−1 bis 1</translation>
    </message>
    <message>
        <source>Eyes and mouth in fixed places, as in FER2013</source>
        <translation>Augen und Mund an festen Stellen, wie in FER2013</translation>
    </message>
    <message>
        <source>A square around the face</source>
        <translation>Ein Quadrat um das Gesicht</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Expressions, in the order of the model&apos;s output</source>
        <translation>Ausdrücke in der Reihenfolge der Ausgabe des Modells</translation>
    </message>
    <message>
        <source>The network rescales by itself: likely 0 to 255.</source>
        <translation>Das Netz rechnet selbst um: wahrscheinlich 0 bis 255.</translation>
    </message>
    <message>
        <source>Values for black and white</source>
        <translation>Werte für Schwarz und Weiß</translation>
    </message>
    <message>
        <source>Margin around it</source>
        <translation>Rand darum</translation>
    </message>
    <message>
        <source>Part of the face that it is shown</source>
        <translation>Teil des Gesichts, den es sieht</translation>
    </message>
    <message>
        <source>More margin shows more hair and chin.</source>
        <translation>Mehr Rand zeigt mehr Haar und Kinn.</translation>
    </message>
    <message>
        <source>Width and height in px; the network takes any</source>
        <translation>Breite und Höhe in px; das Netz nimmt jede</translation>
    </message>
    <message>
        <source>Value for black</source>
        <translation>Wert für Schwarz</translation>
    </message>
    <message>
        <source>Value for white</source>
        <translation>Wert für Weiß</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Keras file</source>
        <translation>Keras-Datei</translation>
    </message>
    <message>
        <source>LiteRT file</source>
        <translation>LiteRT-Datei</translation>
    </message>
    <message>
        <source>gray</source>
        <translation>grau</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>any</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>{0} expressions</source>
        <translation>{0} Ausdrücke</translation>
    </message>
    <message>
        <source>{0} parameters</source>
        <translation>{0} Parameter</translation>
    </message>
</context>
<context>
    <name>ModelPanel</name>
    <message>
        <source>Add Model …</source>
        <translation>Modell hinzufügen …</translation>
    </message>
    <message>
        <source>Add a Keras or LiteRT file ({0}); it can be dropped here, too</source>
        <translation>Eine Keras- oder LiteRT-Datei hinzufügen ({0}); sie kann auch hierher gezogen werden</translation>
    </message>
    <message>
        <source>Look for models again</source>
        <translation>Modelle neu suchen</translation>
    </message>
    <message>
        <source>No model was found: the installation is not complete.
Add one of your own.</source>
        <translation>Kein Modell gefunden: Die Installation ist unvollständig.
Fügen Sie ein eigenes hinzu.</translation>
    </message>
    <message>
        <source>Drop the file to add it as a model</source>
        <translation>Datei loslassen, um sie als Modell hinzuzufügen</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
</context>
<context>
    <name>ModelPreview</name>
    <message>
        <source>What it says</source>
        <translation>Was es sagt</translation>
    </message>
    <message>
        <source>The face was not read</source>
        <translation>Das Gesicht wurde nicht gelesen</translation>
    </message>
    <message>
        <source>LiteRT cannot run this model ({0}). Keras will run it once it is added, several times slower; it cannot be tried before.</source>
        <translation>LiteRT kann dieses Modell nicht ausführen ({0}). Keras führt es aus, sobald es hinzugefügt ist, aber mehrfach langsamer; vorher kann es nicht ausprobiert werden.</translation>
    </message>
    <message>
        <source>Show your face to the camera, or open a video or a picture with one: here stands what the model says, and changes with each choice.</source>
        <translation>Zeigen Sie der Kamera Ihr Gesicht, oder öffnen Sie ein Video oder Bild mit einem: Hier steht, was das Modell sagt, und ändert sich mit jeder Wahl.</translation>
    </message>
    <message>
        <source>Make a clear face. Does it say the right thing? If not, the order of the expressions, the values or the crop may be others.</source>
        <translation>Machen Sie ein deutliches Gesicht. Sagt es das Richtige? Wenn nicht, sind vielleicht die Reihenfolge der Ausdrücke, die Werte oder der Ausschnitt anders.</translation>
    </message>
</context>
<context>
    <name>ModelSwitch</name>
    <message>
        <source>The model was not changed</source>
        <translation>Das Modell wurde nicht gewechselt</translation>
    </message>
    <message>
        <source>The model is not compared</source>
        <translation>Das Modell wird nicht verglichen</translation>
    </message>
    <message>
        <source>It is the model that answers already</source>
        <translation>Es ist das Modell, das schon antwortet</translation>
    </message>
    <message>
        <source>Choose another model.</source>
        <translation>Wählen Sie ein anderes Modell.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>The source stopped</source>
        <translation>Die Quelle hielt an</translation>
    </message>
    <message>
        <source>The model or detector was not changed</source>
        <translation>Modell oder Gesichtsfinder wurde nicht gewechselt</translation>
    </message>
    <message>
        <source>A frame could not be read</source>
        <translation>Ein Einzelbild konnte nicht gelesen werden</translation>
    </message>
    <message>
        <source>Install ferqt again.</source>
        <translation>Installieren Sie ferqt neu.</translation>
    </message>
    <message>
        <source>What was read is kept; it can go on from there.</source>
        <translation>Was gelesen ist, bleibt erhalten; von dort kann es weitergehen.</translation>
    </message>
    <message>
        <source>The log file has the details.</source>
        <translation>Die Protokolldatei enthält die Einzelheiten.</translation>
    </message>
    <message>
        <source>There is no sound</source>
        <translation>Es gibt keinen Ton</translation>
    </message>
    <message>
        <source>A setting was not understood</source>
        <translation>Eine Einstellung wurde nicht verstanden</translation>
    </message>
    <message>
        <source>The default is used.</source>
        <translation>Der übliche Wert wird benutzt.</translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation>Die Einstellungen konnten nicht gelesen werden</translation>
    </message>
    <message>
        <source>Defaults are used for now.</source>
        <translation>Vorerst werden die üblichen Werte benutzt.</translation>
    </message>
    <message>
        <source>The settings were not saved</source>
        <translation>Die Einstellungen wurden nicht gespeichert</translation>
    </message>
    <message>
        <source>Make room on that disk, or check its rights; it is tried again.</source>
        <translation>Schaffen Sie dort Platz oder prüfen Sie die Rechte; es wird noch einmal versucht.</translation>
    </message>
    <message>
        <source>Defaults are used; the damaged file was set aside.</source>
        <translation>Es werden die üblichen Werte benutzt; die beschädigte Datei wurde beiseitegelegt.</translation>
    </message>
    <message>
        <source>The settings file was damaged</source>
        <translation>Die Datei der Einstellungen war beschädigt</translation>
    </message>
    <message>
        <source>Videos are analyzed</source>
        <translation>Videos werden ausgewertet</translation>
    </message>
    <message>
        <source>The picture is back</source>
        <translation>Das Bild ist wieder da</translation>
    </message>
    <message>
        <source>The connection was lost</source>
        <translation>Die Verbindung ist abgerissen</translation>
    </message>
    <message>
        <source>It is tried again for a minute. A recording goes on when it is back.</source>
        <translation>Eine Minute lang wird es weiter versucht. Eine Aufnahme geht weiter, wenn sie wieder da ist.</translation>
    </message>
</context>
<context>
    <name>OrderEditor</name>
    <message>
        <source>As in FER2013</source>
        <translation>Wie in FER2013</translation>
    </message>
    <message>
        <source>Alphabetical, as Keras reads folders</source>
        <translation>Alphabetisch, wie Keras Ordner liest</translation>
    </message>
    <message>
        <source>As in RAF-DB</source>
        <translation>Wie in RAF-DB</translation>
    </message>
    <message>
        <source>As in AffectNet</source>
        <translation>Wie in AffectNet</translation>
    </message>
    <message>
        <source>As in CK+</source>
        <translation>Wie in CK+</translation>
    </message>
    <message>
        <source>As in FER+</source>
        <translation>Wie in FER+</translation>
    </message>
    <message>
        <source>My own order</source>
        <translation>Eigene Reihenfolge</translation>
    </message>
    <message>
        <source>Expression {0}</source>
        <translation>Ausdruck {0}</translation>
    </message>
</context>
<context>
    <name>Panels</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Probabilities</source>
        <translation>Wahrscheinlichkeiten</translation>
    </message>
    <message>
        <source>Valence/Arousal</source>
        <translation>Valenz/Erregung</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
</context>
<context>
    <name>PictureCanvas</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>PictureViewer</name>
    <message>
        <source>Readings of each face</source>
        <translation>Ablesungen jedes Gesichts</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} von {1}</translation>
    </message>
    <message>
        <source>The picture cannot be shown</source>
        <translation>Das Bild kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>Previous Picture</source>
        <translation>Voriges Bild</translation>
    </message>
    <message>
        <source>Next Picture</source>
        <translation>Nächstes Bild</translation>
    </message>
</context>
<context>
    <name>PlotHeader</name>
    <message>
        <source>Pause the curves</source>
        <translation>Kurven anhalten</translation>
    </message>
    <message>
        <source>Hold the curves still; nothing is lost meanwhile</source>
        <translation>Die Kurven anhalten; unterdessen geht nichts verloren</translation>
    </message>
    <message>
        <source>Newest seconds</source>
        <translation>Neueste Sekunden</translation>
    </message>
    <message>
        <source>Go back to the newest seconds (double click)</source>
        <translation>Zurück zu den neuesten Sekunden (Doppelklick)</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Alle Gesichter</translation>
    </message>
    <message>
        <source>Show the curves of all faces, one above the other</source>
        <translation>Die Kurven aller Gesichter übereinander zeigen</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Save the curves as a picture or a table</source>
        <translation>Die Kurven als Bild oder Tabelle speichern</translation>
    </message>
    <message>
        <source>Length of the view</source>
        <translation>Länge der Ansicht</translation>
    </message>
    <message>
        <source>How much time the curves show</source>
        <translation>Wie viel Zeit die Kurven zeigen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>{0} min</source>
        <translation>{0} min</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
    <message>
        <source>Resume the curves</source>
        <translation>Kurven fortsetzen</translation>
    </message>
</context>
<context>
    <name>Preparer</name>
    <message>
        <source>The timeline could not be prepared</source>
        <translation>Die Zeitleiste konnte nicht vorbereitet werden</translation>
    </message>
    <message>
        <source>Episodes could not be found</source>
        <translation>Die Episoden konnten nicht bestimmt werden</translation>
    </message>
</context>
<context>
    <name>PresetBox</name>
    <message>
        <source>Settings for what is added next</source>
        <translation>Einstellungen für das, was als Nächstes hinzukommt</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Change these settings …</source>
        <translation>Diese Einstellungen ändern …</translation>
    </message>
    <message>
        <source>New settings …</source>
        <translation>Neue Einstellungen …</translation>
    </message>
    <message>
        <source>My settings</source>
        <translation>Meine Einstellungen</translation>
    </message>
</context>
<context>
    <name>PresetDialog</name>
    <message>
        <source>Settings of Analyses</source>
        <translation>Einstellungen der Auswertung</translation>
    </message>
    <message>
        <source>The default model</source>
        <translation>Das Standardmodell</translation>
    </message>
    <message>
        <source>Every frame</source>
        <translation>Jedes Einzelbild</translation>
    </message>
    <message>
        <source>A higher number is faster and misses what is brief</source>
        <translation>Eine höhere Zahl ist schneller und verpasst, was kurz ist</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>The model’s own</source>
        <translation>Die des Modells</translation>
    </message>
    <message>
        <source>Keep the 52 movements of the face</source>
        <translation>Die 52 Bewegungen des Gesichts behalten</translation>
    </message>
    <message>
        <source>Needed for blinks and smiles; takes more time</source>
        <translation>Für Lidschläge und Lächeln nötig; kostet mehr Zeit</translation>
    </message>
    <message>
        <source>Files to write</source>
        <translation>Zu schreibende Dateien</translation>
    </message>
    <message>
        <source>Write a video with boxes and labels</source>
        <translation>Video mit Rahmen und Beschriftung schreiben</translation>
    </message>
    <message>
        <source>Blur faces in videos and reports</source>
        <translation>Gesichter in Videos und Berichten unkenntlich machen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>What finds the faces</source>
        <translation>Was die Gesichter findet</translation>
    </message>
    <message>
        <source>Only every n-th frame</source>
        <translation>Nur jedes n-te Einzelbild</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Uncertain below</source>
        <translation>Unsicher unter</translation>
    </message>
    <message>
        <source>Files to write beside each session</source>
        <translation>Dateien neben jeder Sitzung</translation>
    </message>
    <message>
        <source>Sessions can be exported later, too.
Without a choice, the table is written.</source>
        <translation>Sitzungen lassen sich auch später exportieren.
Ohne Wahl wird die Tabelle geschrieben.</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>A name is needed.</source>
        <translation>Ein Name ist nötig.</translation>
    </message>
    <message>
        <source>Other settings have this name.</source>
        <translation>Andere Einstellungen heißen so.</translation>
    </message>
</context>
<context>
    <name>PrivacyDialog</name>
    <message>
        <source>Privacy and Law</source>
        <translation>Datenschutz und Recht</translation>
    </message>
</context>
<context>
    <name>PrivacyPage</name>
    <message>
        <source>Before you begin</source>
        <translation>Bevor Sie beginnen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>You find this again in the Help menu.</source>
        <translation>Sie finden das im Menü Hilfe wieder.</translation>
    </message>
</context>
<context>
    <name>PrivacyText</name>
    <message>
        <source>Everything stays on this computer</source>
        <translation>Alles bleibt auf diesem Rechner</translation>
    </message>
    <message>
        <source>No picture and no reading leaves it. ferqt connects to nothing but a stream whose address you give.</source>
        <translation>Kein Bild und keine Ablesung verlässt ihn. ferqt verbindet sich mit nichts außer einem Stream, dessen Adresse Sie angeben.</translation>
    </message>
    <message>
        <source>Nothing begins by itself</source>
        <translation>Nichts beginnt von selbst</translation>
    </message>
    <message>
        <source>The camera is off until you open it. Nothing is recorded until you ask for it, and a red sign shows it while it lasts.</source>
        <translation>Die Kamera ist aus, bis Sie sie öffnen. Nichts wird aufgenommen, bevor Sie es verlangen, und ein rotes Zeichen zeigt es, solange es dauert.</translation>
    </message>
    <message>
        <source>Expressions, not feelings</source>
        <translation>Ausdrücke, keine Gefühle</translation>
    </message>
    <message>
        <source>ferqt names what a face shows. It does not know what a person feels, and it errs: accuracy differs between groups of people. Each model’s card says on what data it was measured.</source>
        <translation>ferqt benennt, was ein Gesicht zeigt. Was ein Mensch fühlt, weiß es nicht, und es irrt sich: Die Treffsicherheit ist für Gruppen von Menschen verschieden. Die Karte jedes Modells sagt, an welchen Daten es gemessen wurde.</translation>
    </message>
    <message>
        <source>Ask the people who are filmed</source>
        <translation>Fragen Sie die Menschen, die gefilmt werden</translation>
    </message>
    <message>
        <source>Tell them, and let them say no. ferqt is not meant for hiring, for questioning or for finding lies. The European Union forbids emotion recognition at work and in education, except for medical or safety reasons (AI Act, article 5 (1) (f)).</source>
        <translation>Sagen Sie es ihnen, und lassen Sie sie Nein sagen. ferqt ist nicht für Bewerbungen, Verhöre oder die Suche nach Lügen gedacht. Die Europäische Union verbietet Emotionserkennung am Arbeitsplatz und in der Bildung, außer aus medizinischen Gründen oder Sicherheitsgründen (KI-Verordnung, Artikel 5 Absatz 1 Buchstabe f).</translation>
    </message>
</context>
<context>
    <name>QueuePane</name>
    <message>
        <source>Add Files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Videos and pictures ({0});;All files (*)</source>
        <translation>Videos und Bilder ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add Folder</source>
        <translation>Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Open the session</source>
        <translation>Sitzung öffnen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>Früher (Alt+Hoch)</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>Später (Alt+Herunter)</translation>
    </message>
    <message>
        <source>Take off the list (Del)</source>
        <translation>Von der Liste nehmen (Entf)</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Progress of the queue</source>
        <translation>Fortschritt der Warteschlange</translation>
    </message>
    <message>
        <source>Add Files …</source>
        <translation>Dateien …</translation>
    </message>
    <message>
        <source>Add Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Pause All</source>
        <translation>Alles anhalten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Looking for videos and pictures …</source>
        <translation>Videos und Bilder werden gesucht …</translation>
    </message>
    <message>
        <source>{0} of {1} done</source>
        <translation>{0} von {1} fertig</translation>
    </message>
    <message>
        <source>{0} not finished</source>
        <translation>{0} nicht fertig</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>noch {0}</translation>
    </message>
    <message>
        <source>Take All That Are Done off the List</source>
        <translation>Alle fertigen von der Liste nehmen</translation>
    </message>
    <message>
        <source>Try All Again That Are Not Finished</source>
        <translation>Alle nicht fertigen noch einmal versuchen</translation>
    </message>
    <message>
        <source>Give the Chosen Ones These Settings</source>
        <translation>Den gewählten diese Einstellungen geben</translation>
    </message>
    <message>
        <source>At Once</source>
        <translation>Zugleich</translation>
    </message>
    <message>
        <source>As the cores allow ({0})</source>
        <translation>Wie die Kerne erlauben ({0})</translation>
    </message>
    <message>
        <source>{0} of {1} analyses are not finished</source>
        <translation>{0} von {1} Auswertungen sind nicht fertig</translation>
    </message>
    <message>
        <source>The queue says why, and tries again.</source>
        <translation>Die Warteschlange sagt, warum, und versucht es noch einmal.</translation>
    </message>
    <message>
        <source>The analysis is done</source>
        <translation>Die Auswertung ist fertig</translation>
    </message>
    <message>
        <source>All analyses are done</source>
        <translation>Alle Auswertungen sind fertig</translation>
    </message>
</context>
<context>
    <name>RangeStatistics</name>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Share of the face&apos;s time in which it led</source>
        <translation>Anteil an der Zeit des Gesichts, in dem er führte</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Time for which it led</source>
        <translation>Zeit, in der er führte</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Mean probability over all the face&apos;s time</source>
        <translation>Mittlere Wahrscheinlichkeit über alle Zeit des Gesichts</translation>
    </message>
    <message>
        <source>SD</source>
        <translation>SD</translation>
    </message>
    <message>
        <source>Its standard deviation</source>
        <translation>Ihre Standardabweichung</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>Spitze</translation>
    </message>
    <message>
        <source>Highest probability</source>
        <translation>Höchste Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>How often it was shown, brief ones included</source>
        <translation>Wie oft er gezeigt wurde, auch kurz</translation>
    </message>
    <message>
        <source>Brief</source>
        <translation>Kurz</translation>
    </message>
    <message>
        <source>Episodes shorter than 0.5 s</source>
        <translation>Episoden kürzer als 0,5 s</translation>
    </message>
    <message>
        <source>Mean length</source>
        <translation>Mittl. Länge</translation>
    </message>
    <message>
        <source>Of the episodes</source>
        <translation>Mittlere Länge der Episoden</translation>
    </message>
    <message>
        <source>Longest</source>
        <translation>Längste</translation>
    </message>
    <message>
        <source>The longest episode</source>
        <translation>Die längste Episode</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Time from the start of the range to the first episode</source>
        <translation>Zeit vom Anfang des Bereichs bis zur ersten Episode</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>von {0} zu {1}</translation>
    </message>
    <message>
        <source>From, to →</source>
        <translation>Von, zu →</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>≥ where it begins or ends at an edge and may be longer</source>
        <translation>≥, wo sie an einem Rand beginnt oder endet und länger sein kann</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>Frames that show it; one alone is weak evidence</source>
        <translation>Einzelbilder, die sie zeigen; eines allein besagt wenig</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>All of the session</source>
        <translation>Die ganze Sitzung</translation>
    </message>
    <message>
        <source>{0} to {1}</source>
        <translation>{0} bis {1}</translation>
    </message>
    <message>
        <source>This face was not seen here.</source>
        <translation>Dieses Gesicht war hier nicht zu sehen.</translation>
    </message>
    <message>
        <source>A face in the picture for {0} of {1}, all faces together {2}</source>
        <translation>Ein Gesicht im Bild: {0} von {1}, alle Gesichter zusammen {2}</translation>
    </message>
    <message>
        <source>Seen for {0} of {1}, readings: {2}</source>
        <translation>{0} von {1} zu sehen, Ablesungen: {2}</translation>
    </message>
    <message>
        <source>Readings: {0}</source>
        <translation>Ablesungen: {0}</translation>
    </message>
    <message>
        <source>Mean confidence {0}, uncertain {1}</source>
        <translation>Mittlere Sicherheit {0}, unsicher {1}</translation>
    </message>
    <message>
        <source>Mean valence {0}, arousal {1}</source>
        <translation>Mittlere Valenz {0}, Erregung {1}</translation>
    </message>
    <message>
        <source>Blinks: {0} ({1} a minute)</source>
        <translation>Lidschläge: {0} ({1} je Minute)</translation>
    </message>
    <message>
        <source>smiles: {0} ({1} a minute)</source>
        <translation>Lächeln: {0} ({1} je Minute)</translation>
    </message>
</context>
<context>
    <name>RangeStatisticsView</name>
    <message>
        <source>Face whose statistics are shown</source>
        <translation>Gesicht, dessen Statistik gezeigt wird</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy this table for a spreadsheet</source>
        <translation>Diese Tabelle für eine Tabellenkalkulation kopieren</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Figures of the face</source>
        <translation>Zahlen des Gesichts</translation>
    </message>
    <message>
        <source>What the frame rate can show</source>
        <translation>Was die Bildrate zeigen kann</translation>
    </message>
    <message>
        <source>Expressions</source>
        <translation>Ausdrücke</translation>
    </message>
    <message>
        <source>Transitions</source>
        <translation>Übergänge</translation>
    </message>
    <message>
        <source>Brief episodes</source>
        <translation>Kurze Episoden</translation>
    </message>
    <message>
        <source>Click a line to see its first frame</source>
        <translation>Klicken auf eine Zeile zeigt ihr erstes Einzelbild</translation>
    </message>
    <message>
        <source>No session is open.
Open one: shares of time, episodes and transitions of it, or of a range that you mark, are counted here.</source>
        <translation>Keine Sitzung ist geöffnet.
Öffnen Sie eine: Hier werden ihre Zeitanteile, Episoden und Übergänge gezählt oder die eines Bereichs, den Sie markieren.</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>Wird gezählt …</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Alle Gesichter</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>The statistics could not be counted</source>
        <translation>Die Statistik konnte nicht gezählt werden</translation>
    </message>
    <message>
        <source>Brief episodes ({0})</source>
        <translation>Kurze Episoden ({0})</translation>
    </message>
</context>
<context>
    <name>ReadingList</name>
    <message>
        <source>In this frame alone: {0}</source>
        <translation>Nur in diesem Einzelbild: {0}</translation>
    </message>
    <message>
        <source>Corrected by the neutral baseline: {0}</source>
        <translation>Um die neutrale Grundlinie berichtigt: {0}</translation>
    </message>
    <message>
        <source>The compared model disagrees: {0}</source>
        <translation>Das Vergleichsmodell sagt anderes: {0}</translation>
    </message>
    <message>
        <source>The compared model: {0}</source>
        <translation>Das Vergleichsmodell: {0}</translation>
    </message>
    <message>
        <source>Pitch, yaw, roll: {0}</source>
        <translation>Nicken, Gieren, Rollen: {0}</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>The recent sources could not be looked for</source>
        <translation>Die zuletzt geöffneten Quellen konnten nicht gesucht werden</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>Nothing was opened yet</source>
        <translation>Noch nichts wurde geöffnet</translation>
    </message>
</context>
<context>
    <name>RecorderThread</name>
    <message>
        <source>The recording broke off</source>
        <translation>Die Aufnahme brach ab</translation>
    </message>
    <message>
        <source>The recording is not complete</source>
        <translation>Die Aufnahme ist nicht vollständig</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>The recording was not started</source>
        <translation>Die Aufnahme wurde nicht begonnen</translation>
    </message>
    <message>
        <source>There is nothing to record</source>
        <translation>Es gibt nichts aufzunehmen</translation>
    </message>
    <message>
        <source>Open a camera, a video or the demo first.</source>
        <translation>Öffnen Sie zuerst eine Kamera, ein Video oder die Vorführung.</translation>
    </message>
    <message>
        <source>Pictures cannot be recorded</source>
        <translation>Bilder können nicht aufgenommen werden</translation>
    </message>
    <message>
        <source>Take screenshots, or analyze the folder.</source>
        <translation>Machen Sie Bildschirmfotos, oder werten Sie den Ordner aus.</translation>
    </message>
    <message>
        <source>A recording is running</source>
        <translation>Eine Aufnahme läuft</translation>
    </message>
    <message>
        <source>Nothing was recorded</source>
        <translation>Nichts wurde aufgenommen</translation>
    </message>
    <message>
        <source>No frame came.</source>
        <translation>Es kam kein Einzelbild.</translation>
    </message>
    <message>
        <source>The recording ended because the disk is nearly full</source>
        <translation>Die Aufnahme endete, weil der Datenträger fast voll ist</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder for recordings.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ordner für Aufnahmen.</translation>
    </message>
    <message>
        <source>Pictures are missing from the recorded video</source>
        <translation>Im aufgenommenen Video fehlen Bilder</translation>
    </message>
    <message>
        <source>{0} of {1} were left out; the table has the rows of all.</source>
        <translation>{0} von {1} wurden ausgelassen; die Tabelle hat die Zeilen von allen.</translation>
    </message>
    <message>
        <source>The recording cannot keep up</source>
        <translation>Die Aufnahme kommt nicht nach</translation>
    </message>
    <message>
        <source>Pictures are left out of the video; the table keeps the rows of all.</source>
        <translation>Bilder werden im Video ausgelassen; die Tabelle behält die Zeilen von allen.</translation>
    </message>
    <message>
        <source>Record without the overlay, or choose a smaller camera picture.</source>
        <translation>Nehmen Sie ohne Einblendung auf, oder wählen Sie ein kleineres Kamerabild.</translation>
    </message>
    <message>
        <source>{0} free</source>
        <translation>{0} frei</translation>
    </message>
    <message>
        <source>Recording {0}</source>
        <translation>Aufnahme {0}</translation>
    </message>
    <message>
        <source>{0} missing</source>
        <translation>{0} fehlen</translation>
    </message>
    <message>
        <source>about {0} h</source>
        <translation>etwa {0} h</translation>
    </message>
    <message>
        <source>about {0} min</source>
        <translation>etwa {0} min</translation>
    </message>
</context>
<context>
    <name>RecordingControls</name>
    <message>
        <source>Recording saved</source>
        <translation>Aufnahme gespeichert</translation>
    </message>
    <message>
        <source>The recording is kept up to there</source>
        <translation>Die Aufnahme bleibt bis dorthin erhalten</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>RecordingDialog</name>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>The picture alone</source>
        <translation>Das Bild allein</translation>
    </message>
    <message>
        <source>The picture with boxes and labels</source>
        <translation>Das Bild mit Rahmen und Beschriftung</translation>
    </message>
    <message>
        <source>Count down three seconds first</source>
        <translation>Erst drei Sekunden herunterzählen</translation>
    </message>
    <message>
        <source>Folder of recordings</source>
        <translation>Ordner der Aufnahmen</translation>
    </message>
    <message>
        <source>Change …</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change the folder of recordings</source>
        <translation>Ordner der Aufnahmen ändern</translation>
    </message>
    <message>
        <source>A table with the readings of every frame is recorded with the video. Sound is not. Tell the people who are filmed.</source>
        <translation>Mit dem Video wird eine Tabelle mit den Ablesungen jedes Einzelbilds aufgenommen, Ton nicht. Sagen Sie es den Menschen, die gefilmt werden.</translation>
    </message>
    <message>
        <source>Start Recording</source>
        <translation>Aufnahme beginnen</translation>
    </message>
    <message>
        <source>The room on the disk is not known</source>
        <translation>Der Platz auf dem Datenträger ist nicht bekannt</translation>
    </message>
    <message>
        <source>{0} free</source>
        <translation>{0} frei</translation>
    </message>
    <message>
        <source>Folder of Recordings</source>
        <translation>Ordner der Aufnahmen</translation>
    </message>
</context>
<context>
    <name>RecordingLine</name>
    <message>
        <source>Recording</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>Saving the recording …</source>
        <translation>Aufnahme wird gespeichert …</translation>
    </message>
    <message>
        <source>Length, size of the files, and what the disk has room for</source>
        <translation>Länge, Größe der Dateien und wofür auf dem Datenträger Platz ist</translation>
    </message>
</context>
<context>
    <name>RecordingSign</name>
    <message>
        <source>Saving …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Recording: {0}</source>
        <translation>Aufnahme: {0}</translation>
    </message>
</context>
<context>
    <name>RefusedStrip</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show what was left out</source>
        <translation>Zeigen, was ausgelassen wurde</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What was left out</source>
        <translation>Was ausgelassen wurde</translation>
    </message>
    <message>
        <source>“{0}” was left out. {1}</source>
        <translation>„{0}“ wurde ausgelassen. {1}</translation>
    </message>
    <message>
        <source>{0} files or folders were left out.</source>
        <translation>{0} Dateien oder Ordner wurden ausgelassen.</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>The session was not opened</source>
        <translation>Die Sitzung wurde nicht geöffnet</translation>
    </message>
    <message>
        <source>The change was not written</source>
        <translation>Die Änderung wurde nicht geschrieben</translation>
    </message>
</context>
<context>
    <name>ReviewLink</name>
    <message>
        <source>The session&apos;s film is not there</source>
        <translation>Der Film der Sitzung ist nicht da</translation>
    </message>
    <message>
        <source>&apos;{0}&apos; was moved or deleted; readings and remarks are all here</source>
        <translation>„{0}“ wurde verschoben oder gelöscht; Ablesungen und Anmerkungen sind alle da</translation>
    </message>
    <message>
        <source>Say where it is now to see it under the readings.</source>
        <translation>Sagen Sie, wo er jetzt ist, um ihn unter den Ablesungen zu sehen.</translation>
    </message>
    <message>
        <source>Find It …</source>
        <translation>Suchen …</translation>
    </message>
    <message>
        <source>Where Is {0}?</source>
        <translation>Wo ist {0}?</translation>
    </message>
</context>
<context>
    <name>Screenshots</name>
    <message>
        <source>The screenshot was not saved</source>
        <translation>Das Bildschirmfoto wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>The picture was not copied</source>
        <translation>Das Bild wurde nicht kopiert</translation>
    </message>
    <message>
        <source>There is no picture to save</source>
        <translation>Es gibt kein Bild zu speichern</translation>
    </message>
    <message>
        <source>Open a camera, a video or the demo first.</source>
        <translation>Öffnen Sie zuerst eine Kamera, ein Video oder die Vorführung.</translation>
    </message>
    <message>
        <source>This screenshot was left out</source>
        <translation>Dieses Bildschirmfoto wurde ausgelassen</translation>
    </message>
    <message>
        <source>The ones before are still being written.</source>
        <translation>Die vorigen werden noch geschrieben.</translation>
    </message>
    <message>
        <source>Picture copied</source>
        <translation>Bild kopiert</translation>
    </message>
    <message>
        <source>Screenshot saved</source>
        <translation>Bildschirmfoto gespeichert</translation>
    </message>
    <message>
        <source>Screenshot saved and copied</source>
        <translation>Bildschirmfoto gespeichert und kopiert</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>The faces were not saved</source>
        <translation>Die Gesichter wurden nicht gespeichert</translation>
    </message>
</context>
<context>
    <name>SeekSlider</name>
    <message>
        <source>In Point Here</source>
        <translation>Bereich beginnt hier</translation>
    </message>
    <message>
        <source>Out Point Here</source>
        <translation>Bereich endet hier</translation>
    </message>
    <message>
        <source>Clear In and Out Points</source>
        <translation>Bereich aufheben</translation>
    </message>
</context>
<context>
    <name>SessionDetails</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Tags, with commas between them</source>
        <translation>Tags, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Tags, with commas</source>
        <translation>Tags, mit Kommas</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>In</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Analyzed</source>
        <translation>Ausgewertet</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Faces found by</source>
        <translation>Gesichtsfinder</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>The source is no longer in its place.</source>
        <translation>Die Quelle ist nicht mehr an ihrem Platz.</translation>
    </message>
    <message>
        <source>{0} sessions are chosen.
Compare, export or delete them.</source>
        <translation>{0} Sitzungen sind gewählt.
Vergleichen, exportieren oder löschen Sie sie.</translation>
    </message>
    <message>
        <source>Choose a session to see what is known of it.</source>
        <translation>Wählen Sie eine Sitzung, um zu sehen, was über sie bekannt ist.</translation>
    </message>
</context>
<context>
    <name>SessionExport</name>
    <message>
        <source>The session was not exported</source>
        <translation>Die Sitzung wurde nicht exportiert</translation>
    </message>
    <message>
        <source>A file was not written</source>
        <translation>Eine Datei wurde nicht geschrieben</translation>
    </message>
</context>
<context>
    <name>SessionTable</name>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Analyzed</source>
        <translation>Ausgewertet</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Ges.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Without a name</source>
        <translation>Ohne Namen</translation>
    </message>
    <message>
        <source>{0} frames</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
</context>
<context>
    <name>SessionView</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Reset “{0}”</source>
        <translation>„{0}“ zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Faces</source>
        <translation>Gesichter</translation>
    </message>
    <message>
        <source>Expressions</source>
        <translation>Ausdrücke</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Einblendung</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Colors of the window</source>
        <translation>Farben des Fensters</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Schreibtisch</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Takes effect when ferqt is started again.</source>
        <translation>Gilt, sobald ferqt neu gestartet wird.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Size and rate of the camera picture</source>
        <translation>Größe und Rate des Kamerabilds</translation>
    </message>
    <message>
        <source>What cameras are asked for the next time one is opened. A larger picture shows smaller faces and costs time.</source>
        <translation>Was von Kameras verlangt wird, sobald wieder eine geöffnet wird. Ein größeres Bild zeigt kleinere Gesichter und kostet Zeit.</translation>
    </message>
    <message>
        <source>640 × 480, 30 a second</source>
        <translation>640 × 480, 30 je Sekunde</translation>
    </message>
    <message>
        <source>1280 × 720, 30 a second</source>
        <translation>1280 × 720, 30 je Sekunde</translation>
    </message>
    <message>
        <source>1920 × 1080, 30 a second</source>
        <translation>1920 × 1080, 30 je Sekunde</translation>
    </message>
    <message>
        <source>Show cameras mirrored</source>
        <translation>Kameras gespiegelt zeigen</translation>
    </message>
    <message>
        <source>As in a mirror. Files and recordings are never turned.</source>
        <translation>Wie in einem Spiegel. Dateien und Aufnahmen werden nie gespiegelt.</translation>
    </message>
    <message>
        <source>Boxes and labels</source>
        <translation>Rahmen und Beschriftung</translation>
    </message>
    <message>
        <source>A box around each face with its number, expression and percent.</source>
        <translation>Ein Rahmen um jedes Gesicht mit Nummer, Ausdruck und Prozent.</translation>
    </message>
    <message>
        <source>Bars of all expressions</source>
        <translation>Balken aller Ausdrücke</translation>
    </message>
    <message>
        <source>Beside each face, where there is room.</source>
        <translation>Neben jedem Gesicht, wo Platz ist.</translation>
    </message>
    <message>
        <source>Landmarks</source>
        <translation>Landmarken</translation>
    </message>
    <message>
        <source>The points by which a face is followed and cut out.</source>
        <translation>Die Punkte, nach denen ein Gesicht verfolgt und ausgeschnitten wird.</translation>
    </message>
    <message>
        <source>Head pose</source>
        <translation>Kopfhaltung</translation>
    </message>
    <message>
        <source>The axes of each head and its angles.</source>
        <translation>Die Achsen jedes Kopfes und seine Winkel.</translation>
    </message>
    <message>
        <source>What finds the faces</source>
        <translation>Was die Gesichter findet</translation>
    </message>
    <message>
        <source>MediaPipe is the best choice on nearly every computer. The SSD network is slower and good with turned faces; the Haar cascade finds upright frontal faces only. MediaPipe Tasks finds what MediaPipe finds, more slowly.</source>
        <translation>MediaPipe ist auf fast jedem Computer die beste Wahl. Das SSD-Netz ist langsamer und gut bei gedrehten Gesichtern; die Haar-Kaskade findet nur aufrechte Gesichter von vorn. MediaPipe Tasks findet, was MediaPipe findet, nur langsamer.</translation>
    </message>
    <message>
        <source>OpenCV Haar cascade</source>
        <translation>OpenCV-Haar-Kaskade</translation>
    </message>
    <message>
        <source>OpenCV SSD network</source>
        <translation>OpenCV-SSD-Netz</translation>
    </message>
    <message>
        <source>Look for far faces</source>
        <translation>Ferne Gesichter suchen</translation>
    </message>
    <message>
        <source>Finds faces that are small in the picture too, and costs some time.</source>
        <translation>Findet auch Gesichter, die im Bild klein sind, und kostet etwas Zeit.</translation>
    </message>
    <message>
        <source>Most faces at once</source>
        <translation>Höchste Zahl der Gesichter</translation>
    </message>
    <message>
        <source>The largest faces are kept. More faces cost more time.</source>
        <translation>Die größten Gesichter bleiben. Mehr Gesichter kosten mehr Zeit.</translation>
    </message>
    <message>
        <source>Smallest confidence of a face</source>
        <translation>Kleinste Sicherheit eines Gesichts</translation>
    </message>
    <message>
        <source>Faces that are less certain are left out. A higher value loses blurred and turned faces and drops false alarms.</source>
        <translation>Weniger sichere Gesichter werden ausgelassen. Ein höherer Wert verliert unscharfe und gedrehte Gesichter und vermeidet Fehlalarme.</translation>
    </message>
    <message>
        <source>Keep a face’s number while it is away</source>
        <translation>Nummer eines Gesichts behalten, während es weg ist</translation>
    </message>
    <message>
        <source>A face that is away longer gets a new number. A higher value bridges longer absences, and may give an old number to a newcomer.</source>
        <translation>Ein Gesicht, das länger weg ist, bekommt eine neue Nummer. Ein höherer Wert überbrückt längere Abwesenheit und gibt vielleicht einem neuen Gesicht eine alte Nummer.</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Time over which shown values are mixed. A higher value is calmer and later. Tables keep the values of each frame beside the smoothed ones.</source>
        <translation>Zeit, über die gezeigte Werte gemischt werden. Ein höherer Wert ist ruhiger und später. Tabellen behalten die Werte jedes Einzelbilds neben den geglätteten.</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Call an expression uncertain below</source>
        <translation>Ausdruck unsicher nennen unter</translation>
    </message>
    <message>
        <source>Each model has a threshold of its own that was set on pictures it had not seen. A fixed one holds for all models.</source>
        <translation>Jedes Modell hat eine eigene Schwelle, die an ihm unbekannten Bildern bestimmt wurde. Eine feste gilt für alle Modelle.</translation>
    </message>
    <message>
        <source>The model’s own</source>
        <translation>Die des Modells</translation>
    </message>
    <message>
        <source>Folder of screenshots</source>
        <translation>Ordner der Bildschirmfotos</translation>
    </message>
    <message>
        <source>ferqt in the system’s folder of pictures</source>
        <translation>ferqt im Bilderordner des Systems</translation>
    </message>
    <message>
        <source>Copy each screenshot to the clipboard, too</source>
        <translation>Jedes Bildschirmfoto auch in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Save each face beside a screenshot</source>
        <translation>Neben einem Bildschirmfoto jedes Gesicht speichern</translation>
    </message>
    <message>
        <source>A picture of its own for each face, cut out at full resolution, with its readings.</source>
        <translation>Je Gesicht ein eigenes Bild, in voller Auflösung ausgeschnitten, mit seinen Ablesungen.</translation>
    </message>
    <message>
        <source>Folder of recordings</source>
        <translation>Ordner der Aufnahmen</translation>
    </message>
    <message>
        <source>ferqt in the system’s folder of videos</source>
        <translation>ferqt im Videoordner des Systems</translation>
    </message>
    <message>
        <source>Record the overlay into the video</source>
        <translation>Einblendung ins Video aufnehmen</translation>
    </message>
    <message>
        <source>Boxes and labels as they are shown. The table is recorded in any case.</source>
        <translation>Rahmen und Beschriftung, wie sie gezeigt werden. Die Tabelle wird immer aufgenommen.</translation>
    </message>
    <message>
        <source>Count down three seconds before a recording</source>
        <translation>Vor einer Aufnahme drei Sekunden herunterzählen</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Nothing is called that. Try another word.</source>
        <translation>Nichts heißt so. Versuchen Sie ein anderes Wort.</translation>
    </message>
    <message>
        <source>Reset All …</source>
        <translation>Alles zurücksetzen …</translation>
    </message>
    <message>
        <source>Reset All</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>Set all settings and keys back to what they were at first?</source>
        <translation>Alle Einstellungen und Tasten auf den Anfang zurücksetzen?</translation>
    </message>
    <message>
        <source>Recent sources and the places of panels stay.</source>
        <translation>Zuletzt geöffnete Quellen und die Plätze der Felder bleiben.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>ShortcutPage</name>
    <message>
        <source>Click a field and press the key. While the cursor is in a text, keys write.</source>
        <translation>Klicken Sie in ein Feld und drücken Sie die Taste. Steht der Cursor in einem Text, schreiben die Tasten.</translation>
    </message>
</context>
<context>
    <name>ShortcutRow</name>
    <message>
        <source>Key of {0}</source>
        <translation>Taste für {0}</translation>
    </message>
    <message>
        <source>Second key of {0}</source>
        <translation>Zweite Taste für {0}</translation>
    </message>
    <message>
        <source>Reset the keys of “{0}”</source>
        <translation>Tasten für „{0}“ zurücksetzen</translation>
    </message>
    <message>
        <source>{0} is the key of “{1}”. Take it away there first.</source>
        <translation>{0} ist die Taste für „{1}“. Nehmen Sie sie dort zuerst weg.</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>ShotView</name>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>Nothing to hear</source>
        <translation>Nichts zu hören</translation>
    </message>
    <message>
        <source>{0} has no sound.</source>
        <translation>{0} hat keinen Ton.</translation>
    </message>
    <message>
        <source>Sound is on for the next video that has some.</source>
        <translation>Der Ton ist an für das nächste Video, das welchen hat.</translation>
    </message>
</context>
<context>
    <name>SourceCommands</name>
    <message>
        <source>Open File</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Videos and pictures ({0});;All files (*)</source>
        <translation>Videos und Bilder ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open Folder of Pictures</source>
        <translation>Bilderordner öffnen</translation>
    </message>
</context>
<context>
    <name>SourceNews</name>
    <message>
        <source>A picture was passed over</source>
        <translation>Ein Bild wurde übergangen</translation>
    </message>
    <message>
        <source>{0} and {1:,} more</source>
        <translation>{0} und {1:,} weitere</translation>
    </message>
    <message>
        <source>Pictures were passed over</source>
        <translation>Bilder wurden übergangen</translation>
    </message>
    <message>
        <source>Frames of &apos;{0}&apos; cannot be decoded and are left out.</source>
        <translation>Bilder von „{0}“ lassen sich nicht dekodieren und werden ausgelassen.</translation>
    </message>
    <message>
        <source>The video is damaged</source>
        <translation>Das Video ist beschädigt</translation>
    </message>
    <message>
        <source>Frames of &apos;{0}&apos; that cannot be decoded: {1:,}.</source>
        <translation>Bilder von „{0}“, die sich nicht dekodieren lassen: {1:,}.</translation>
    </message>
    <message>
        <source>Copy or export the file again if you need them.</source>
        <translation>Kopieren oder exportieren Sie die Datei noch einmal, wenn Sie sie brauchen.</translation>
    </message>
</context>
<context>
    <name>SpeedButton</name>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Speed: {0}</source>
        <translation>Geschwindigkeit: {0}</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Facial expressions in a camera picture, a video or a photo, live.</source>
        <translation>Gesichtsausdrücke in einem Kamerabild, Video oder Foto, live.</translation>
    </message>
    <message>
        <source>Recognizes expressions, not feelings. Everything stays on this computer.</source>
        <translation>Erkennt Ausdrücke, keine Gefühle. Alles bleibt auf diesem Rechner.</translation>
    </message>
</context>
<context>
    <name>StatisticsChart</name>
    <message>
        <source>Share of time of each expression</source>
        <translation>Zeitanteil jedes Ausdrucks</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>Ep.</source>
        <translation>Ep.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Conf.</source>
        <translation>Sich.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>{0}: {1} of the time ({2}), mean confidence {3}; frames: {4}, episodes: {5}</source>
        <translation>{0}: {1} der Zeit ({2}), mittlere Sicherheit {3}; Einzelbilder: {4}, Episoden: {5}</translation>
    </message>
</context>
<context>
    <name>StatisticsPanel</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Begin to count anew</source>
        <translation>Neu zu zählen beginnen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the table of all faces for a spreadsheet</source>
        <translation>Die Tabelle aller Gesichter für eine Tabellenkalkulation kopieren</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Save the table of all faces (CSV)</source>
        <translation>Die Tabelle aller Gesichter speichern (CSV)</translation>
    </message>
    <message>
        <source>Face whose statistics are shown</source>
        <translation>Gesicht, dessen Statistik gezeigt wird</translation>
    </message>
    <message>
        <source>All faces</source>
        <translation>Alle Gesichter</translation>
    </message>
    <message>
        <source>Nothing was seen yet.
Open a source: what faces show is counted here.</source>
        <translation>Noch war nichts zu sehen.
Öffnen Sie eine Quelle: Hier wird gezählt, was Gesichter zeigen.</translation>
    </message>
    <message>
        <source>Seen for {0}, frames: {1}</source>
        <translation>{0} zu sehen, Einzelbilder: {1}</translation>
    </message>
    <message>
        <source>Frames: {0}</source>
        <translation>Einzelbilder: {0}</translation>
    </message>
    <message>
        <source>Mean confidence {0}, uncertain {1}</source>
        <translation>Mittlere Sicherheit {0}, unsicher {1}</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>Save the statistics</source>
        <translation>Statistik speichern</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>The statistics were not saved</source>
        <translation>Die Statistik wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>Statistics saved</source>
        <translation>Statistik gespeichert</translation>
    </message>
</context>
<context>
    <name>StatusBar</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Frames a second that come in and results that go out</source>
        <translation>Bilder je Sekunde, die kommen, und Ergebnisse, die gehen</translation>
    </message>
    <message>
        <source>in {0}  out {1} /s</source>
        <translation>ein {0}  aus {1} /s</translation>
    </message>
    <message>
        <source>From a frame to its result</source>
        <translation>Von einem Bild zu seinem Ergebnis</translation>
    </message>
    <message>
        <source>{0} ms</source>
        <translation>{0} ms</translation>
    </message>
    <message>
        <source>Frames that were left out to keep up with the picture</source>
        <translation>Bilder, die ausgelassen wurden, um nachzukommen</translation>
    </message>
    <message>
        <source>dropped {0}</source>
        <translation>{0} ausgelassen</translation>
    </message>
    <message>
        <source>Faces in the picture</source>
        <translation>Gesichter im Bild</translation>
    </message>
    <message>
        <source>{0} faces</source>
        <translation>{0} Gesichter</translation>
    </message>
    <message>
        <source>Nothing is open</source>
        <translation>Nichts ist geöffnet</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Session read by {0}</source>
        <translation>Sitzung, gelesen von {0}</translation>
    </message>
    <message>
        <source>What was read when the session was made; nothing is new</source>
        <translation>Was gelesen wurde, als die Sitzung entstand; nichts ist neu</translation>
    </message>
    <message>
        <source>1 face</source>
        <translation>1 Gesicht</translation>
    </message>
</context>
<context>
    <name>StreamDialog</name>
    <message>
        <source>Open Stream</source>
        <translation>Stream öffnen</translation>
    </message>
    <message>
        <source>Address of the stream</source>
        <translation>Adresse des Streams</translation>
    </message>
    <message>
        <source>RTSP, HTTP (MJPEG), RTMP, SRT or UDP. ferqt connects to this address alone.</source>
        <translation>RTSP, HTTP (MJPEG), RTMP, SRT oder UDP. ferqt verbindet sich allein mit dieser Adresse.</translation>
    </message>
</context>
<context>
    <name>Thumbnails</name>
    <message>
        <source>The thumbnail was not made</source>
        <translation>Das Vorschaubild wurde nicht erstellt</translation>
    </message>
</context>
<context>
    <name>TimeLimits</name>
    <message>
        <source>Without frames that follow each other in time there are no episodes.</source>
        <translation>Ohne Einzelbilder, die zeitlich aufeinander folgen, gibt es keine Episoden.</translation>
    </message>
    <message>
        <source>At {rate} analyzed frames a second one comes every {step} ms: begin and end of an episode are known to ±{step} ms.</source>
        <translation>Bei {rate} ausgewerteten Einzelbildern je Sekunde kommt alle {step} ms eines: Anfang und Ende einer Episode sind auf ±{step} ms bekannt.</translation>
    </message>
    <message>
        <source>The frames come unevenly, {longest} ms apart at most.</source>
        <translation>Die Einzelbilder kommen ungleichmäßig, mit höchstens {longest} ms Abstand.</translation>
    </message>
    <message>
        <source>What lasts less than {twice} ms may show in a single frame, what lasts less than {step} ms in none.</source>
        <translation>Was kürzer als {twice} ms dauert, zeigt sich vielleicht in einem einzigen Einzelbild, was kürzer als {step} ms dauert, in keinem.</translation>
    </message>
    <message>
        <source>This is too slow for brief expressions (under {brief} s): they are seen by chance and cannot be told from longer ones.</source>
        <translation>Das ist zu langsam für kurze Ausdrücke (unter {brief} s): Sie werden nur zufällig gesehen und sind von längeren nicht zu unterscheiden.</translation>
    </message>
    <message>
        <source>Of brief expressions (under {brief} s) only those of {twice} s or more are sure to be in two frames.</source>
        <translation>Von kurzen Ausdrücken (unter {brief} s) sind nur solche ab {twice} s sicher in zwei Einzelbildern.</translation>
    </message>
    <message>
        <source>Smoothed values lag behind: most brief expressions are lost.</source>
        <translation>Geglättete Werte hinken nach: Die meisten kurzen Ausdrücke gehen verloren.</translation>
    </message>
    <message>
        <source>Smoothed values lag {lag} s behind: most brief expressions are lost.</source>
        <translation>Geglättete Werte hinken {lag} s nach: Die meisten kurzen Ausdrücke gehen verloren.</translation>
    </message>
    <message>
        <source>A blink takes 0.1 to 0.4 s: at this rate some are missed.</source>
        <translation>Ein Lidschlag dauert 0,1 bis 0,4 s: Bei dieser Rate werden manche verpasst.</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Excluded from statistics</source>
        <translation>In der Statistik ausgelassen</translation>
    </message>
    <message>
        <source>Show the curve of {0}</source>
        <translation>Kurve von {0} zeigen</translation>
    </message>
    <message>
        <source>Hide the curve of {0}</source>
        <translation>Kurve von {0} verbergen</translation>
    </message>
    <message>
        <source>Face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>Picture {0}</source>
        <translation>Bild {0}</translation>
    </message>
    <message>
        <source>{0} · frame {1}</source>
        <translation>{0} · Einzelbild {1}</translation>
    </message>
    <message>
        <source>{0}: not seen</source>
        <translation>{0}: nicht zu sehen</translation>
    </message>
    <message>
        <source>{0}: {1} {2}%, uncertain</source>
        <translation>{0}: {1} {2} %, unsicher</translation>
    </message>
    <message>
        <source>{0}: {1} {2}%</source>
        <translation>{0}: {1} {2} %</translation>
    </message>
    <message>
        <source>Brief episode: {0}, {1} s from {2}, peak {3}%</source>
        <translation>Kurze Episode: {0}, {1} s ab {2}, Spitze {3} %</translation>
    </message>
    <message>
        <source>Episode: {0}, {1} s from {2}, peak {3}%</source>
        <translation>Episode: {0}, {1} s ab {2}, Spitze {3} %</translation>
    </message>
</context>
<context>
    <name>TimelineCanvas</name>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Markers</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Episodes, ▾ brief</source>
        <translation>Episoden, ▾ kurz</translation>
    </message>
</context>
<context>
    <name>TimelineMenu</name>
    <message>
        <source>Show All</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Zoom to Range</source>
        <translation>Auf Bereich zoomen</translation>
    </message>
    <message>
        <source>Add Marker Here …</source>
        <translation>Marke hier setzen …</translation>
    </message>
    <message>
        <source>Edit Marker “{0}” …</source>
        <translation>Marke „{0}“ ändern …</translation>
    </message>
    <message>
        <source>Remove Marker “{0}”</source>
        <translation>Marke „{0}“ entfernen</translation>
    </message>
    <message>
        <source>Range Begins Here</source>
        <translation>Bereich beginnt hier</translation>
    </message>
    <message>
        <source>Range Ends Here</source>
        <translation>Bereich endet hier</translation>
    </message>
    <message>
        <source>Clear the Range</source>
        <translation>Bereich aufheben</translation>
    </message>
    <message>
        <source>Exclude This Range</source>
        <translation>Diesen Bereich auslassen</translation>
    </message>
    <message>
        <source>Include Again</source>
        <translation>Wieder mitzählen</translation>
    </message>
    <message>
        <source>Statistics of This Range</source>
        <translation>Statistik dieses Bereichs</translation>
    </message>
    <message>
        <source>Statistics of All</source>
        <translation>Statistik von allem</translation>
    </message>
    <message>
        <source>Next Episode of {0}</source>
        <translation>Nächste Episode von {0}</translation>
    </message>
    <message>
        <source>Previous Episode of {0}</source>
        <translation>Vorige Episode von {0}</translation>
    </message>
</context>
<context>
    <name>TimelineOverview</name>
    <message>
        <source>Part of the session in view</source>
        <translation>Teil der Sitzung in der Ansicht</translation>
    </message>
    <message>
        <source>Drag the frame to move the view, its edges to zoom</source>
        <translation>Rahmen ziehen verschiebt die Ansicht, seine Ränder ziehen zoomt</translation>
    </message>
    <message>
        <source>{0} pictures</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} s</translation>
    </message>
</context>
<context>
    <name>TimelineTools</name>
    <message>
        <source>Position</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Show more of the session</source>
        <translation>Mehr von der Sitzung zeigen</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Show less of the session</source>
        <translation>Weniger von der Sitzung zeigen</translation>
    </message>
    <message>
        <source>Show All</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>Show all of the session</source>
        <translation>Die ganze Sitzung zeigen</translation>
    </message>
    <message>
        <source>Zoom to Range</source>
        <translation>Auf Bereich zoomen</translation>
    </message>
    <message>
        <source>Zoom to the marked range</source>
        <translation>Auf den markierten Bereich zoomen</translation>
    </message>
    <message>
        <source>Previous Change</source>
        <translation>Voriger Wechsel</translation>
    </message>
    <message>
        <source>Go back to where the expression changed</source>
        <translation>Dorthin zurück, wo der Ausdruck wechselte</translation>
    </message>
    <message>
        <source>Next Change</source>
        <translation>Nächster Wechsel</translation>
    </message>
    <message>
        <source>Go to where the expression changes</source>
        <translation>Dorthin, wo der Ausdruck wechselt</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keep the playhead in view while playing</source>
        <translation>Die Abspielstelle bei der Wiedergabe in der Ansicht halten</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Show the probabilities of the selected face</source>
        <translation>Die Wahrscheinlichkeiten des gewählten Gesichts zeigen</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Faces in view</source>
        <translation>Gesichter in der Ansicht</translation>
    </message>
    <message>
        <source>No session is open.
Analyze a file, or open a session of the library: what its faces showed is laid out here along its time.</source>
        <translation>Keine Sitzung ist geöffnet.
Werten Sie eine Datei aus, oder öffnen Sie eine Sitzung der Bibliothek: Hier wird entlang der Zeit gezeigt, was ihre Gesichter zeigten.</translation>
    </message>
    <message>
        <source>This session has no frames.
Analyze its source once more.</source>
        <translation>Diese Sitzung hat keine Einzelbilder.
Werten Sie ihre Quelle noch einmal aus.</translation>
    </message>
    <message>
        <source>Preparing the timeline …</source>
        <translation>Die Zeitleiste wird vorbereitet …</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Position in the source</source>
        <translation>Stelle in der Quelle</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Stelle</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Einzelbild</translation>
    </message>
    <message>
        <source>Number of frames</source>
        <translation>Zahl der Einzelbilder</translation>
    </message>
    <message>
        <source>Picture {0}</source>
        <translation>Bild {0}</translation>
    </message>
    <message>
        <source>Frame {0}</source>
        <translation>Einzelbild {0}</translation>
    </message>
</context>
<context>
    <name>VideoView</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Face {id}</source>
        <translation>Gesicht {id}</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
</context>
<context>
    <name>Wiring</name>
    <message>
        <source>The neutral face was not learned</source>
        <translation>Das neutrale Gesicht wurde nicht gelernt</translation>
    </message>
    <message>
        <source>The readings of a session stay as they were made</source>
        <translation>Die Ablesungen einer Sitzung bleiben, wie sie entstanden</translation>
    </message>
    <message>
        <source>Open the film itself to calibrate faces.</source>
        <translation>Öffnen Sie den Film selbst, um Gesichter zu kalibrieren.</translation>
    </message>
</context>
<context>
    <name>_Bars</name>
    <message>
        <source>What the model says</source>
        <translation>Was das Modell sagt</translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <source>Show pictures with this expression</source>
        <translation>Bilder mit diesem Ausdruck zeigen</translation>
    </message>
    <message>
        <source>{0}, {1} pictures</source>
        <translation>{0}, {1} Bilder</translation>
    </message>
</context>
<context>
    <name>_Chips</name>
    <message>
        <source>Show all expressions, or a line of them</source>
        <translation>Alle Ausdrücke zeigen oder eine Zeile davon</translation>
    </message>
</context>
<context>
    <name>_CropView</name>
    <message>
        <source>The face as the model is shown it</source>
        <translation>Das Gesicht, wie das Modell es sieht</translation>
    </message>
</context>
<context>
    <name>_NothingFound</name>
    <message>
        <source>Show All</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>No picture is like that.</source>
        <translation>Kein Bild ist so.</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dismiss this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>Von der Liste nehmen</translation>
    </message>
    <message>
        <source>Take {0} off the list</source>
        <translation>{0} von der Liste nehmen</translation>
    </message>
    <message>
        <source>Not found: {0}</source>
        <translation>Nicht gefunden: {0}</translation>
    </message>
</context>
</TS>
