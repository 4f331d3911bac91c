@echo off
rem Starts Parley from the archive that a build makes, with the Java of JAVA_HOME or of the path.
rem All arguments go to the program; relative paths mean the folder it is called from.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if not defined PARLEY_JAVA_OPTS set "PARLEY_JAVA_OPTS=-Xmx512m"
set "OPT_OUT_TRACKING=true"
set "root=%~dp0."
for %%f in ("%root%\app\app-*.jar") do set "jar=%%f"
if not defined jar (
  echo There is no app\app-*.jar beside this file: unpack the archive, and start the file in there. 1>&2
  exit /b 1
)
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms32m -Xlog:disable ^
  -Dfile.encoding=UTF-8 "-Dparley.folder=%root%" %PARLEY_JAVA_OPTS% -jar "%jar%" %*
exit /b %ERRORLEVEL%
