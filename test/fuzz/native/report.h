/* The runtime's report under another name: the driver's own takes its place. */
#define report_fault report_of_the_runtime
#include "report.c"
#undef report_fault
