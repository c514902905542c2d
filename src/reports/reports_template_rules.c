/*
 * Which templates are kept, and whose they are.
 */
#include "reports/reports_template.h"

bool reports_may_keep_template(int kept, int of_agency, bool is_of_position)
{
	return kept < TEMPLATES_MAX && (!is_of_position || of_agency < TEMPLATES_AGENCY_MAX);
}

bool reports_is_template_of(const struct report_template *t, const struct template_owner *owner)
{
	return t->owner.employee.v == owner->employee.v && t->owner.agency.v == owner->agency.v;
}

int reports_find_template_fault(const struct template_item *item, int items)
{
	for (int i = 0; i < items; i++)
		if (item[i].ends <= item[i].starts)
			return i;
	return -1;
}
